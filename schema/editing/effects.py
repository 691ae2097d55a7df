"""What a change of claims does to conflicts, as its payload tells it."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final

import orjson
import strawberry

from graph.journal import Change
from resolvers.permission import RIGHTS
from resolvers.things import Thing
from resolvers.writing import Outcome
from schema.access import needs
from schema.conflicts import ConflictKind, ConflictScope
from schema.enums import word
from schema.fields import object_type, prop
from schema.references import ConflictRef
from schema.rights import Right
from schema.things import found

MOST_TOLD: Final = 100
"""The conflicts that one payload tells."""


@strawberry.enum(description="What a change does to a conflict.")
class ConflictEffect(Enum):
    """What a change does to a conflict."""

    OPENED = strawberry.enum_value("OPENED", description="It is a new one.")
    UPDATED = strawberry.enum_value("UPDATED", description="It has other cells, or other claims.")
    RESOLVED = strawberry.enum_value("RESOLVED", description="It is over.")
    REOPENED = strawberry.enum_value("REOPENED", description="It was over, and is not any more.")


@needs(RIGHTS)
@object_type
class ConflictChange:
    """What a change of claims does to one conflict; nothing is scaled to fit."""

    conflict_id: strawberry.Private[str]
    effect: ConflictEffect = prop("What becomes of it.")
    kind: ConflictKind | None = prop("What is wrong.")
    rule: str = prop("The id of the rule that is broken, such as W1.")
    right: Right = prop("The right it is about.")
    scope: list[ConflictScope] = prop("The cells that it holds up, or held up last.")

    @found(ConflictRef | None)
    def conflict(self) -> Thing | None:
        """The conflict as it is now; null for one that would be opened, and for who may not see it."""
        return Thing("Conflict", self.conflict_id)


def effects(outcome: Outcome) -> list[ConflictChange]:
    """Return what a change did to conflicts, or would do: as many as a payload tells."""
    return [_told(each) for each in conflict_changes(outcome)[:MOST_TOLD]]


def conflict_changes(outcome: Outcome) -> list[Change]:
    """Return the records of what became of conflicts: of each the last."""
    return list(_last(each for each in outcome.changes if each.type == "Conflict"))


def _last(changes: Iterable[Change]) -> Iterable[Change]:
    return {each.subject: each for each in changes}.values()


def _told(change: Change) -> ConflictChange:
    after: dict[str, Any] = orjson.loads(change.details)["after"] if change.details else {}
    return ConflictChange(
        conflict_id=change.subject,
        effect=ConflictEffect[change.action],
        kind=word(ConflictKind)(after.get("kind")),
        rule=after.get("rule", ""),
        right=Right[after["right"]],
        scope=[ConflictScope.of(text) for text in after.get("cells", ())],
    )

"""Conflicts among claims as clients see them: what is held up, where and when, and whose it is."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from graph.conflicts import CONFLICTS, CONFLICTS_BY_ID, cells_of
from graph.times import instant
from resolvers.lists import Criteria
from resolvers.permission import RIGHTS
from schema.access import needs
from schema.connections import Connection
from schema.criteria import word_of
from schema.dates import day, moment
from schema.enums import word
from schema.fields import arg, object_type, prop
from schema.histories import recorded_history
from schema.ids import key_of
from schema.lists import by, listed
from schema.nodes import Node, Sourced
from schema.references import AssetRef, ChangeRef, ClaimRef, ConflictRef, PartyRef
from schema.registry import findable
from schema.rights import Right
from schema.territories import TerritoryScope
from schema.things import one, several


@strawberry.enum(description="What is wrong with the claims of a cell.")
class ConflictKind(Enum):
    """What is wrong with the claims of a cell."""

    OVERCLAIM = strawberry.enum_value("OVERCLAIM", description="They make more than 100.06 %.")
    UNDERCLAIM = strawberry.enum_value("UNDERCLAIM", description="They make less than 99.94 %.")
    EXCLUSIVE_GRANTS = strawberry.enum_value(
        "EXCLUSIVE_GRANTS", description="Two parties were granted it exclusively."
    )
    RULE_BROKEN = strawberry.enum_value(
        "RULE_BROKEN", description="They break another rule; `rule` says which."
    )
    STALE = strawberry.enum_value(
        "STALE", description="A mandate stands where nobody owns any more, or yet."
    )
    DISPUTED = strawberry.enum_value("DISPUTED", description="Somebody disputes one of them.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What has become of a conflict.")
class ConflictStatus(Enum):
    """What has become of a conflict."""

    OPEN = strawberry.enum_value("OPEN", description="It holds up its cells.")
    RESOLVED = strawberry.enum_value(
        "RESOLVED", description="The claims agree, or somebody has settled it."
    )


@object_type
class ConflictScope:
    """Cells that a conflict holds up: the rest of the asset is not touched."""

    territory: TerritoryScope = prop("In which countries.")
    valid_from: date | None = prop("From this day; null for always.")
    valid_to: date | None = prop("Until the day before this one; null for ever.")
    total: int = prop("What the claims concerned come to there, in 1/100 %. Never scaled to fit.")

    @classmethod
    def of(cls, text: str) -> "ConflictScope":
        """Make the type of a stored text."""
        cells = cells_of(text)
        return cls(
            territory=TerritoryScope.of(cells.territories, cells.excluded_territories),
            valid_from=day(cells.valid_from),
            valid_to=day(cells.valid_to),
            total=cells.total,
        )


def _scopes(texts: Sequence[str] | None) -> list[ConflictScope]:
    return [ConflictScope.of(text) for text in texts or ()]


@needs(RIGHTS)
@object_type
class Conflict(Node, Sourced):
    """Claims on an asset that cannot all stand. Opened by rule, settled by its parties, never by scaling."""

    asset_label: strawberry.Private[str]
    asset_id: strawberry.Private[str]
    party_ids: strawberry.Private[list[str] | None]
    claim_ids: strawberry.Private[list[str] | None]
    kind: ConflictKind | None = prop("What is wrong.", read=word(ConflictKind))
    rule: str = prop("The id of the rule that is broken, such as W1.")
    right: Right = prop("The right it is about.", read=Right.__members__.__getitem__)
    status: ConflictStatus | None = prop(
        "What has become of it.", read=ConflictStatus.__members__.get
    )
    scope: list[ConflictScope] = prop(
        "The cells that it holds up, and no others.", columns=("cells",), read=_scopes
    )
    deadline: date | None = prop("By when its parties are to settle it.", read=day)
    opened_at: datetime = prop("When it was opened, the last time, in UTC.", read=instant)
    resolved_at: datetime | None = prop(
        "When it was resolved, in UTC; null while it is open.", read=moment
    )
    resolution: str | None = prop("How it was resolved; null while it is open.")
    resolved_by: str | None = prop("Who resolved it: RULE where the claims came to agree.")

    parties: list[PartyRef] = several("Whose claims they are.", PartyRef, "party_ids")

    evidence: list[ClaimRef] = several("The claims concerned.", ClaimRef, "claim_ids")

    asset: AssetRef | None = one(
        "The recording or work that is claimed.", AssetRef, "asset_id", label="asset_label"
    )

    history: Connection[ChangeRef] | None = recorded_history()


findable("Conflict", CONFLICTS_BY_ID)


@strawberry.type
class ConflictQuery:
    """Where clients start from conflicts."""

    @listed(CONFLICTS, ConflictRef)
    def conflicts(
        self,
        kind: Annotated[ConflictKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ConflictStatus | None, arg("Only in this status.")] = None,
        right: Annotated[Right | None, arg("Only about this right.")] = None,
        party: Annotated[
            strawberry.ID | None, arg("Only of the party with this global id.")
        ] = None,
    ) -> Criteria:
        """All conflicts among claims, the first due first."""
        return by(
            None,
            "DEADLINE",
            kind=word_of(kind),
            status=word_of(status),
            right=word_of(right),
            party=None if party is None else key_of("Party", party, "party"),
        )

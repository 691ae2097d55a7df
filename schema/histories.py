"""What things were, as clients see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
import strawberry

from graph.changes import CHANGES_BY_THING
from resolvers import histories
from resolvers.lists import Criteria
from resolvers.things import Thing
from schema.changes import HistoryOrder
from schema.dates import moment
from schema.fields import Info, arg, object_type, prop
from schema.lists import by, listed
from schema.references import ChangeRef
from schema.stored import StoredValue, stored_item, stored_values


def recorded_history() -> Any:
    """Declare the changes of a record of rights, which are few: it is begun, and ended."""

    def history(
        self: Any,  # noqa: ARG001 - what is listed hangs on the thing alone.
        order_by: Annotated[HistoryOrder | None, arg("The oldest first unless told.")] = None,
    ) -> Criteria:
        """What was changed of it here, by whom, when and why."""
        return by(order_by, "SEQUENCE")

    return listed(CHANGES_BY_THING, ChangeRef)(history)


@object_type
class PastState:
    """A thing as it was at some moment."""

    version: int = prop("How often it had been changed here.")
    retired_at: datetime | None = prop("Since when it was retired; null if it was not.")
    whole: bool = prop(
        "Whether all of this is as it was: false where details of a change since then were erased, or "
        f"more than {histories.MOST_BESIDE:,} things were added to it since, or taken away."
    )
    values: list[StoredValue] = prop("Its properties, by name.")
    added_since: list[StoredValue] = prop(
        "What it did not have yet of identifiers, credits and relations: added here since, by name."
    )
    removed_since: list[StoredValue] = prop(
        "What it had of identifiers, credits and relations, and has no more: taken away here since."
    )


async def state_as_of(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    at: Annotated[datetime, arg("When, with its offset.")],
) -> list[PastState | None]:
    """It as it was at some moment, by what was changed here since; null if it was made later."""
    found = await histories.as_of(info.context, parents, at)
    return [past and _told(parent.type, past) for parent, past in zip(parents, found, strict=True)]


def _told(type_name: str, past: histories.Past) -> PastState:
    return PastState(
        version=past.version,
        retired_at=moment(past.retired_at),
        whole=past.whole,
        values=stored_values(type_name, past.properties),
        added_since=_beside(type_name, past.added),
        removed_since=_beside(type_name, past.removed),
    )


def _beside(type_name: str, told: Sequence[histories.Beside]) -> list[StoredValue]:
    return [stored_item(type_name, each.name, orjson.loads(each.value)) for each in told]

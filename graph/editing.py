"""Commands on things of the catalogue, one at a time: made, edited, retired, restored.

A property that an editor has set, or taken away, is the editors' from then on: loads leave it alone, and
only it (`graph/facts/editors.py`).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from graph.errors import InvalidValue, Merged, NotThere, Retired, VersionConflict
from graph.facts.entities import derived
from graph.facts.landing import SURVIVORS_OF
from graph.ids import random_id
from graph.journal import Command, Ref
from graph.journal.stage import EDITED_NAMES, VERSION
from graph.sources import EDITORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.journal import Stage
    from graph.journal.stage import Properties

RETIRED_AT: Final = "retiredAt"

CREATED: Final = "CREATED"
EDITED: Final = "EDITED"
RETIRED: Final = "RETIRED"
RESTORED: Final = "RESTORED"

# Beside the property, so that what is left of a label is counted without a look at each.
MARK_RETIRED: Final = "MERGE (mark:Retired {id: $id}) SET mark.label = $label"
UNMARK_RETIRED: Final = "MATCH (mark:Retired {id: $id}) DELETE mark"


class CreateThing(Command):
    """Make a thing of a label with properties, under the graph's names; refuses nothing."""

    def __init__(self, label: str, properties: Mapping[str, Any]) -> None:
        self._ref = Ref(label, random_id())
        self._properties = properties

    async def run(self, stage: Stage) -> Ref:
        """Make it."""
        follows = derived(self._properties)
        edited = {EDITED_NAMES: sorted(self._properties), "sourceId": EDITORS}
        properties = {**self._properties, **follows, **edited}
        stage.create(self._ref, properties, action=CREATED)
        return self._ref


class OfThing(Command):
    """What is done to one thing that there is; it is about that thing.

    Refuses NotThere, Merged, VersionConflict, and Retired unless the thing is as the command wants it.
    """

    of_retired: ClassVar[bool] = False
    """Whether it is for what is retired."""

    def __init__(self, ref: Ref, *, expected: int | None) -> None:
        self.reads = (ref,)
        self._ref = ref
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """Do it to the thing as it stands."""
        had = await standing(stage, self._ref, expected=self._expected)
        check_retired(had, retired=self.of_retired)
        await self.change(stage, had)
        return self._ref

    @abstractmethod
    async def change(self, stage: Stage, had: Properties, /) -> None:
        """Do it to the thing, which has the properties `had`."""


class EditThing(OfThing):
    """Set properties of a thing, None for none; also refuses InvalidValue for what cannot be together."""

    def __init__(self, ref: Ref, properties: Mapping[str, Any], *, expected: int | None) -> None:
        super().__init__(ref, expected=expected)
        self._properties = properties

    async def change(self, stage: Stage, had: Properties, /) -> None:
        """Set them, and what follows from them."""
        now = {**had, **self._properties}
        check_period(now)
        edited = sorted({*had.get(EDITED_NAMES, ()), *self._properties})
        changes = {**self._properties, **derived(now), EDITED_NAMES: edited}
        await stage.change(self._ref, changes, action=EDITED)


class Retire(OfThing):
    """Take a thing out of the lists of the whole graph, and of search."""

    async def change(self, stage: Stage, _had: Properties, /) -> None:
        """Retire it."""
        await stage.change(self._ref, {RETIRED_AT: stage.now}, action=RETIRED)
        await stage.write("retire", MARK_RETIRED, id=self._ref.id, label=self._ref.label)


class Restore(OfThing):
    """Put a retired thing back."""

    of_retired = True

    async def change(self, stage: Stage, _had: Properties, /) -> None:
        """Restore it."""
        await stage.change(self._ref, {RETIRED_AT: None}, action=RESTORED)
        await stage.write("restore", UNMARK_RETIRED, id=self._ref.id)


async def standing(
    stage: Stage, ref: Ref, *, expected: int | None = None, path: tuple[str, ...] = ("id",)
) -> Properties:
    """Return the properties of a thing that a command is about.

    Raises NotThere, Merged for one that is another by now, and VersionConflict unless it is as `expected`.
    """
    had = await stage.state(ref)
    if had is None:
        survivors: list[tuple[str, str]] = await stage.read("survivors", SURVIVORS_OF, ids=[ref.id])
        for _, into in survivors:
            message = "It was merged into another thing."
            raise Merged(message, label=ref.label, into=into, path=path)
        raise NotThere("There is no such thing.", path=path)
    check_version(had, expected)
    return had


def check_version(
    had: Properties, expected: int | None, *, path: tuple[str, ...] = ("expectedVersion",)
) -> None:
    """Raise VersionConflict unless a thing is of the version that is expected, if one is."""
    version: int = had.get(VERSION, 0)
    if expected is not None and expected != version:
        raise VersionConflict(
            f"Its version is {version}, not {expected}: somebody changed it.", path=path
        )


def check_retired(
    had: Properties, *, retired: bool = False, path: tuple[str, ...] = ("id",)
) -> None:
    """Raise Retired unless a thing is retired, or is not, as it is wanted."""
    if (RETIRED_AT in had) is not retired:
        raise Retired(
            "It is not retired." if retired else "It is retired: restore it first.", path=path
        )


def check_period(properties: Mapping[str, Any]) -> None:
    """Raise InvalidValue where an end is before its beginning."""
    begin, end = properties.get("beginDate"), properties.get("endDate")
    # Days are compared as far as both are known: 1970-05 does not end before 1970.
    if begin and end and end < begin[: len(end)]:
        raise InvalidValue("It would end before it begins.", path=("endDate",))

"""Credits and relations between two things of the catalogue, added and taken away."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graph.editing import check_period, check_retired, check_version, standing
from graph.errors import CommandRefused, InvalidValue, NotThere
from graph.journal import Command, Ref
from graph.linking.statements import ADMIT, DENY, STANDING
from graph.linking.told import tell, told_as
from graph.merging.statements import MAKE
from graph.merging.ties import MOVED_FROM
from graph.sources import EDITORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.facts.relations import Relation
    from graph.journal import Stage

_UNTOLD: Final = frozenset({MOVED_FROM, "recordedAt"})


class End(NamedTuple):
    """A thing at one end: its name in what is asked, and the version it is expected to have."""

    ref: Ref
    name: str = "id"
    expected: int | None = None

    @property
    def expects(self) -> str:
        """The name of its expected version in what is asked."""
        of = "" if self.name == "id" else self.name.capitalize()
        return f"expected{of}Version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """One relationship: its start and end, and the key that tells it from others of the two."""

    relation: Relation
    start: End
    end: End
    key: Mapping[str, Any]

    @property
    def row(self) -> dict[str, Any]:
        """What statements find it by."""
        start, end = self.start.ref.id, self.end.ref.id
        if self.relation.ordered:
            start, end = sorted((start, end))
        return {"start": start, "end": end, **self.key}


class _OfTwo(Command):
    """What is done to a relationship of two things; it is about the one whose name is `id`.

    Refuses NotThere, Merged, Retired and VersionConflict for either, and InvalidValue for a thing and itself.
    """

    def __init__(self, tied: Tied) -> None:
        self.reads = (tied.start.ref, tied.end.ref)
        self._tied = tied

    async def run(self, stage: Stage) -> Ref:
        """Do it, where both stand."""
        tied = self._tied
        ends = sorted((tied.start, tied.end), key=lambda end: end.name != "id")
        for end in ends:
            had = await standing(stage, end.ref, path=(end.name,))
            check_retired(had, path=(end.name,))
            check_version(had, end.expected, path=(end.expects,))
        if tied.start.ref == tied.end.ref:
            raise InvalidValue("A thing cannot be tied to itself.", path=(ends[1].name,))
        found: list[dict[str, Any]] = await stage.read(
            "relationships", STANDING[tied.relation.triple], rows=[tied.row]
        )
        await self._change(stage, [end.ref for end in ends], found)
        return ends[0].ref

    @abstractmethod
    async def _change(self, stage: Stage, refs: list[Ref], found: list[dict[str, Any]]) -> None:
        """Do it to the relationship, of which these are the properties if it stands."""

    async def _tell(
        self, stage: Stage, refs: list[Ref], found: list[dict[str, Any]], *, added: bool
    ) -> None:
        type_, row = self._tied.relation.type, self._tied.row
        of = {"type": type_, "start": row["start"], "end": row["end"]}
        items = [
            of | {name: value for name, value in each.items() if name not in _UNTOLD}
            for each in found
        ]
        for ref in refs:
            await tell(stage, ref, told_as(type_), items, added=added)


class AddRelation(_OfTwo):
    """Tie two things, and say more of it; also refuses what stands already.

    It is the editors' from then on: no load says anything else of it.
    """

    def __init__(self, tied: Tied, known: Mapping[str, Any]) -> None:
        super().__init__(tied)
        self._known = known

    async def _change(self, stage: Stage, refs: list[Ref], found: list[dict[str, Any]]) -> None:
        tied = self._tied
        if found:
            raise CommandRefused("It stands already.", path=(_other(tied),))
        said = {**tied.key, **self._known, "sourceId": EDITORS}
        properties = {name: value for name, value in said.items() if value is not None}
        check_period(properties)
        await self._tell(stage, refs, [properties], added=True)
        made = {**tied.row, "properties": {**properties, "recordedAt": stage.now}}
        await stage.write("admit", ADMIT[tied.relation.triple], rows=[tied.row])
        await stage.write("tie", MAKE[tied.relation.triple], rows=[made])


class RemoveRelation(_OfTwo):
    """Take a relationship of two things away, whoever said it; also refuses NotThere for none.

    No load makes it again.
    """

    async def _change(self, stage: Stage, refs: list[Ref], found: list[dict[str, Any]]) -> None:
        tied = self._tied
        if not found:
            raise NotThere("Nothing of that kind ties the two.", path=(_other(tied),))
        await self._tell(stage, refs, found, added=False)
        await stage.write("deny", DENY[tied.relation.triple], rows=[tied.row])


def _other(tied: Tied) -> str:
    return tied.end.name if tied.start.name == "id" else tied.start.name

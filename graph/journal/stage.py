"""Where commands are carried out: the things as they are within the transaction, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, LiteralString, NamedTuple, TypeAlias

from graph.journal.commands import Ref
from graph.journal.statements import CREATE, SET, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from graph.transactions import Transaction

Properties: TypeAlias = "dict[str, Any]"

VERSION: Final = "version"
RECORDED_AT: Final = "recordedAt"
EDITED_NAMES: Final = "edited"
"""The names of a thing's properties that editors set or took away: loads leave them alone."""

UNTOLD: Final = frozenset(
    {
        *(
            "id",
            VERSION,
            RECORDED_AT,
            EDITED_NAMES,
            "sourceId",
            "sortKey",
            "searchText",
            "year",
            "beginYear",
        ),
        *("cells", "email", "invitation"),
    }
)
"""What records do not tell of things: what they tell by themselves, and what follows from the rest.

Nor addresses and secrets: of an invitation that was taken back nobody could find them to erase them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a record is to tell of a thing; the properties are those that differ."""

    action: str
    ref: Ref
    version: int
    before: Properties
    after: Properties


class Mark(NamedTuple):
    """How a stage stood at some moment."""

    created: dict[Ref, Properties]
    changed: dict[Ref, Properties]
    staged: dict[Ref, Properties]
    records: int
    written: int


class Entangled(Exception):
    """A command failed of which something is written already: no other can share its transaction."""


class Stage:
    """One transaction, as its commands have it: each sees what those before it did."""

    def __init__(self, transaction: Transaction, now: datetime) -> None:
        self._transaction = transaction
        self._known: dict[Ref, Properties | None] = {}
        self._staged: dict[Ref, Properties] = {}
        self._created: dict[Ref, Properties] = {}
        self._changed: dict[Ref, Properties] = {}
        self._written = 0
        self.records: list[Recorded] = []
        """What there is to tell, in order."""
        self.now = now
        """The instant of all that is recorded, in UTC."""

    def mark(self) -> Mark:
        """Return how the stage stands."""
        made, changed = dict(self._created), {ref: dict(row) for ref, row in self._changed.items()}
        return Mark(made, changed, dict(self._staged), len(self.records), self._written)

    def undo(self, mark: Mark) -> None:
        """Take back what came since; raise Entangled where some of it is written."""
        if mark.written != self._written:
            raise Entangled
        self._created, self._changed, self._staged = mark.created, mark.changed, mark.staged
        del self.records[mark.records :]

    async def fetch(self, refs: Iterable[Ref]) -> None:
        """Read things that are not known yet, one read a label."""
        wanted: dict[str, list[str]] = {}
        for ref in dict.fromkeys(refs):
            if ref not in self._known:
                wanted.setdefault(ref.label, []).append(ref.id)
        for label, ids in wanted.items():
            found: list[tuple[str, Properties]] = await self._transaction.read(
                "things to change", STATES[label], ids=ids
            )
            self._known.update(dict.fromkeys(Ref(label, each) for each in ids))
            self._known.update({Ref(label, id_): properties for id_, properties in found})

    async def state(self, ref: Ref) -> Properties | None:
        """Return a thing's properties, or None where there is none; it is not to be changed in place."""
        if ref in self._staged:
            return self._staged[ref]
        await self.fetch([ref])
        return self._known[ref]

    def create(self, ref: Ref, properties: Properties, *, action: str) -> None:
        """Make a thing, of version 1; properties that are None are none."""
        made = {**_set(properties), "id": ref.id, VERSION: 1, RECORDED_AT: self.now}
        self._staged[ref] = self._created[ref] = made
        after = _told(made)
        recorded = Recorded(action=action, ref=ref, version=1, before={}, after=after)
        self.records.append(recorded)

    async def change(self, ref: Ref, properties: Properties, *, action: str) -> None:
        """Set properties of a thing that there is, None for none; its version is one higher if any differs.

        Raises LookupError where there is no such thing.
        """
        had = await self.state(ref)
        if had is None:
            raise LookupError(f"There is no {ref.label} {ref.id}.")
        differing = {name: value for name, value in properties.items() if had.get(name) != value}
        version = had.get(VERSION, 0) + bool(differing.keys() - {EDITED_NAMES})
        if differing:
            now = self._staged[ref] = _set({**had, **differing, VERSION: version})
            if ref in self._created:
                self._created[ref] = now
            else:
                changed = self._changed.setdefault(ref, {})
                changed |= {**differing, VERSION: version}
        after = _told(differing)
        before = {name: had.get(name) for name in after}
        recorded = Recorded(action=action, ref=ref, version=version, before=before, after=after)
        self.records.append(recorded)

    async def touch(self, ref: Ref, *, action: str, before: Properties, after: Properties) -> None:
        """Tell of something that differs beside a thing's properties: its version is one higher.

        Raises LookupError where there is no such thing.
        """
        had = await self.state(ref)
        version = (had or {}).get(VERSION, 0) + 1
        await self.change(ref, {VERSION: version}, action=action)
        self.records[-1] = replace(self.records[-1], before=before, after=after)

    def record(self, recorded: Recorded) -> None:
        """Tell of what `write` does."""
        self.records.append(recorded)

    async def read(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> Any:
        """Read anything else, as it is after all that was done before."""
        await self.flush()
        return await self._transaction.read(summary, text, **parameters)

    async def write(self, summary: LiteralString, text: LiteralString, **parameters: Any) -> None:
        """Write anything else; things are looked at anew after it."""
        await self.flush()
        self._known.clear()
        self._staged.clear()
        self._written += 1
        await self._transaction.write(summary, text, **parameters)

    async def flush(self) -> None:
        """Write what is to become of things."""
        created, self._created = self._created, {}
        changed, self._changed = self._changed, {}
        for label, rows in _by_label(created).items():
            self._written += 1
            await self._transaction.write("create things", CREATE[label], rows=rows)
        setting = {ref: {"id": ref.id, "properties": row} for ref, row in changed.items()}
        for label, rows in _by_label(setting).items():
            self._written += 1
            await self._transaction.write("change things", SET[label], rows=rows)


def _set(properties: Properties) -> Properties:
    """Return the properties that there are: null is none, in a graph."""
    return {name: value for name, value in properties.items() if value is not None}


def _told(properties: Properties) -> Properties:
    """Return what a record tells of properties: not what it tells by itself, or what follows from others."""
    return {name: value for name, value in properties.items() if name not in UNTOLD}


def _by_label(rows: Mapping[Ref, Properties]) -> dict[str, list[Properties]]:
    found: dict[str, list[Properties]] = {}
    for ref, row in rows.items():
        found.setdefault(ref.label, []).append(row)
    return found

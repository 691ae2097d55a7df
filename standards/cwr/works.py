"""A work's registration put together: chains of publishers, writers, and what each collects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from standards.cwr.records import Record
from standards.cwr.scopes import Scope, scopes
from standards.cwr.transactions import Transaction

OWNERS: Final = frozenset({"E", "AQ"})
_PUBLISHERS: Final = ("SPU", "OPU")
_WRITERS: Final = ("SWR", "OWR")
_TERRITORIES: Final = ("SPT", "OPT", "SWT", "OWT")


@dataclass(slots=True)
class Holder:
    """A publisher or writer with the records that follow it."""

    record: Record
    territories: list[Record] = field(default_factory=list[Record])
    publishers: list[Record] = field(default_factory=list[Record])
    _scopes: list[Scope] | None = None

    @property
    def role(self) -> str:
        """What it is: E, AM, C …; an original publisher where nothing is said of one."""
        return self.record.text("role") or ("E" if self.record.type in _PUBLISHERS else "")

    @property
    def controlled(self) -> bool:
        """Whether the submitter controls it."""
        return self.record.type.startswith("S")

    @property
    def owned(self) -> dict[str, int]:
        """Its ownership shares by right; CWR 3.0 states none."""
        return self.record.shares() if "pr_share" in self.record.values else {}

    @property
    def collected(self) -> list[Scope]:
        """What it collects where."""
        if self._scopes is None:
            self._scopes = scopes(self.territories)
        return self._scopes

    @property
    def collects(self) -> bool:
        """Whether any of its territory records has a share."""
        return any(each.shares() for each in self.territories)


@dataclass(slots=True)
class Chain:
    """One publisher sequence: an original publisher and who acts for it, in the order they stand."""

    number: int
    holders: list[Holder] = field(default_factory=list[Holder])

    def edges(self) -> Iterator[tuple[Holder, Holder]]:
        """Yield who acts for whom: administrators for the one before, sub-publishers for the original."""
        original = before = None
        for holder in self.holders:
            if holder.role in ("SE", "ES") and original is not None:
                yield original, holder
            elif holder.role == "AM" and before is not None:
                yield before, holder
            if holder.role in OWNERS or (original is None and holder.role == "PA"):
                original = holder
            if holder.role != "AM":
                before = holder


@dataclass(slots=True)
class Work:
    """A registration's parties; `lost` are territories and links that stand after nobody."""

    header: Record
    chains: list[Chain]
    writers: list[Holder]
    lost: list[Record]

    @property
    def publishers(self) -> list[Holder]:
        """Every publisher of every chain, in order."""
        return [holder for chain in self.chains for holder in chain.holders]

    @property
    def holders(self) -> list[Holder]:
        """Everybody, publishers first."""
        return [*self.publishers, *self.writers]


def work_of(transaction: Transaction) -> Work:
    """Return a work's transaction put together; it must have a header."""
    assert transaction.header is not None  # noqa: S101 - the contract.
    chains: defaultdict[int, list[Holder]] = defaultdict(list)
    writers: list[Holder] = []
    lost: list[Record] = []
    current: Holder | None = None
    for record in transaction.details:
        if record.type in _PUBLISHERS:
            current = Holder(record)
            chains[record.number("chain")].append(current)
        elif record.type in _WRITERS:
            current = Holder(record)
            writers.append(current)
        elif record.type in _TERRITORIES or record.type == "PWR":
            if current is None:
                lost.append(record)
            elif record.type == "PWR":
                current.publishers.append(record)
            else:
                current.territories.append(record)
    found = [Chain(number, holders) for number, holders in chains.items()]
    return Work(transaction.header, found, writers, lost)

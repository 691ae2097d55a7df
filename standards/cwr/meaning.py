"""What a transaction says, however it is written: two that mean the same are equal.

Left aside are the message around it, the order of records where it says nothing, sequence numbers,
what CWR pads, and shares of nothing. Territories count as countries, not as they are listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from standards.cwr.records import Record
from standards.cwr.scopes import Scope
from standards.cwr.transactions import Transaction
from standards.cwr.values import Value
from standards.cwr.works import Holder, work_of

# New and revised say the same of a work; which it is depends on what the recipient has.
_WORKS: Final = {"NWR": "WORK", "REV": "WORK", "WRK": "WORK", "VER": "OWK"}
_HOLDERS: Final = frozenset({"SPU", "OPU", "SWR", "OWR", "SPT", "OPT", "SWT", "OWT"})
# Numbers within a record, what repeats another record, and what the graph does not keep of persons.
_LEFT_ASIDE: Final = frozenset(
    {"chain", "tax", "personal_number", "publisher_name", "territory_sequence", "reserved"}
)

Fields = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One named party: what is said of it, what it owns, and what it collects in which countries."""

    record: str
    chain: int
    fields: Fields
    owned: Fields
    collected: frozenset[tuple[str, int, bool, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a transaction says: the header, the parties in order, and the other records."""

    header: tuple[str, Fields]
    parties: tuple[Party, ...]
    others: frozenset[tuple[str, Fields]]


def meaning(transaction: Transaction, *, names: Iterable[str] | None = None) -> Meaning:
    """Return what a transaction says; of fields only those with the given names, where any are."""
    only = None if names is None else frozenset(names)
    work = work_of(transaction)
    others = [each for each in transaction.details if each.type not in _HOLDERS]
    return Meaning(
        header=(_kind(work.header), _fields(work.header, only)),
        parties=tuple(
            _party(holder, chain.number, only) for chain in work.chains for holder in chain.holders
        )
        + tuple(_party(holder, 0, only) for holder in work.writers),
        others=frozenset((_kind(each), _fields(each, only)) for each in others),
    )


def _party(holder: Holder, chain: int, only: frozenset[str] | None) -> Party:
    fields = (each for each in _fields(holder.record, only) if not each[0].endswith("_share"))
    return Party(
        record=holder.record.type,
        chain=chain,
        fields=tuple(fields),
        owned=tuple(sorted(holder.owned.items())),
        collected=frozenset(_collected(holder.collected)),
    )


def _collected(scopes: Iterable[Scope]) -> Iterable[tuple[str, int, bool, frozenset[int]]]:
    """Yield what is collected of each right, with the countries of equal shares put together."""
    found: dict[tuple[str, int, bool], frozenset[int]] = {}
    for scope in scopes:
        for right, share in scope.shares:
            key = right, share, scope.controlled
            found[key] = found.get(key, frozenset()) | scope.countries
    return [(*key, countries) for key, countries in found.items()]


def _kind(record: Record) -> str:
    return _WORKS.get(record.type, record.type)


def _fields(record: Record, only: frozenset[str] | None) -> Fields:
    def said(name: str, value: Any) -> bool:
        # Zeros and "no" are what a field is filled with where nothing is said.
        nothing = not value or value == "N" or (isinstance(value, str) and not value.strip("0"))
        return not nothing and name not in _LEFT_ASIDE and (only is None or name in only)

    return tuple(
        sorted((name, value) for name, value in record.values.items() if said(name, value))
    )

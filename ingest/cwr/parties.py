"""The parties that a message names.

Who bears a valid IPI name number is known by it, in every message; anybody else by the number that
the sender gives them; and who has none by the registration, since a name proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from graph.facts import Fact, PartyFact
from graph.ids import mint
from ingest.cwr.senders import Sender
from ingest.identities import Thing, identifier
from standards.cwr.records import Record
from standards.identifiers import Scheme, parse

# Parties remembered as told, so that each is told once; beyond that they are told again.
_REMEMBERED: Final = 50_000
_PERSONS: Final = frozenset({"SWR", "OWR"})


class Parties:
    """The parties of one file."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str | None, str | None]] = set()

    def facts(
        self, record: Record, sender: Sender, place: str, *, person: bool
    ) -> tuple[str, list[Fact]]:
        """Return the id of the party that a record names, and what is new of it.

        `place` tells where it stands, for one without any number.
        """
        ipi, own = record.text("ipi_name"), record.text("ip")
        if ipi and (valid := _valid(ipi)):
            party = mint("cwr", "party", "IPI_NAME", valid)
        elif own:
            party = mint("cwr", "party", sender.code, own)
        else:
            party = mint("cwr", "party", sender.code, "", place)
        key = (party, ipi, record.text("ipi_base"))
        if key in self._told:
            return party, []
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told.add(key)
        return party, list(_facts(party, record, person=person))


@lru_cache(maxsize=_REMEMBERED)
def _valid(ipi: str) -> str | None:
    return parse(Scheme.IPI_NAME, ipi).value


def _facts(party: str, record: Record, *, person: bool) -> Iterator[Fact]:
    kind = "PERSON" if person else "ORGANISATION"
    yield PartyFact(id=party, mention=True, name=name_of(record, person=person), kind=kind)
    thing = Thing(label="Party", id=party)
    ipi, base = record.text("ipi_name"), record.text("ipi_base")
    if ipi and ipi.strip("0"):
        yield identifier(thing, Scheme.IPI_NAME, ipi)
    if base:
        yield identifier(thing, Scheme.IPI_BASE, base)


def name_of(record: Record, *, person: bool) -> str:
    """Return a party's name; what has none says what it is."""
    first = record.text("first_name") if "first_name" in record.values else None
    last = record.text("name")
    if last is None:
        return "Unknown writer" if person else "Unknown publisher"
    return f"{first} {last}" if first else last

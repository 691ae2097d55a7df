"""A registration as the records of its transaction, in the order that CWR wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from export.cwr.holders import holder_records
from export.cwr.kept import completed, is_header, kept_records
from export.cwr.writing import Draft
from graph.registrations import RegistrationRow
from standards.cwr.faults import Fault
from standards.cwr.records import Record, Version

# What follows a party's record belongs to it: it stays with it by its place in the transaction.
_FOLLOWING: Final = frozenset({"NPN", "NWN", "PWR", "SPT", "OPT", "SWT", "OWT"})


def drafts(
    row: RegistrationRow, version: Version, number: str | None, faults: list[Fault]
) -> list[Draft]:
    """Return a registration's records; `number` replaces the submitter's own where it is given."""
    kept = kept_records(row, version, faults)
    header = next((each for each in kept if is_header(each)), None)
    if header is None:
        return []
    if number is not None:
        header.values["number"] = number
    if "iswc" in header.values and not header.text("iswc") and row.iswcs:
        header.values["iswc"] = row.iswcs[0]
    blocks = sorted(holder_records(row, version), key=lambda block: block[0].sequence)
    completed([each for each in kept if each.type == "PWR"], [b[0] for b in blocks], version)
    return [(each.type, each.values) for each in _ordered(kept, blocks)]


def _ordered(kept: list[Record], blocks: list[list[Record]]) -> Iterator[Record]:
    """Yield the header, each party with what follows it, and then what is about the work."""
    places = [block[0].sequence for block in blocks]
    following: dict[int, list[Record]] = {place: [] for place in places}
    rest: list[Record] = []
    for record in kept:
        owners = [place for place in places if place < record.sequence]
        if record.type in _FOLLOWING and owners:
            following[max(owners)].append(record)
        else:
            rest.append(record)
    yield from (each for each in rest if is_header(each))
    for block in blocks:
        after = following[block[0].sequence]
        names = [each for each in after if each.type in ("NPN", "NWN")]
        yield from (block[0], *names, *block[1:], *(each for each in after if each not in names))
    yield from (each for each in rest if not is_header(each))

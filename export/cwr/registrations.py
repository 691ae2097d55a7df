"""A registration as the records of its transaction, in the order that CWR wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from export.cwr.holders import holder_records
from export.cwr.kept import completed, is_header, kept_records, links
from export.cwr.lines import Drawn, Line, drawn
from export.cwr.owning import own
from export.cwr.writing import Draft
from graph.catalogues import RegisteredRow, RegistrationRow
from graph.newcomers import KnownRow
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.records import RIGHTS, Record, Version
from standards.shares import format_percent

# What follows a party's record belongs to it: it stays with it by its place in the transaction.
_FOLLOWING: Final = frozenset({"NPN", "NWN", "PWR", "SPT", "OPT", "SWT", "OWT"})
_TERRITORIES: Final = frozenset({"SPT", "OPT", "SWT", "OWT"})
_KINDS: Final = frozenset({"OWNERSHIP", "COLLECTION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """For whom registrations are written, in which version, and as of which day."""

    party: str
    version: Version
    day: str


def drafts(
    row: RegistrationRow,
    written: Written,
    known: Mapping[str, KnownRow],
    number: str | None,
    faults: list[Fault],
) -> list[Draft]:
    """Return a registration's records, or none where it no longer names the party.

    `number` replaces the submitter's own where it is given; `faults` takes what cannot be said.
    """
    version = written.version
    told = list[Fault]()
    kept = kept_records(row, version, told)
    header = next((each for each in kept if is_header(each)), None)
    row = row._replace(claims=_sayable(row, written.day, told))
    made = drawn(row, written.party, known)
    named = not row.changed or any(each.party == written.party for each in made.lines)
    if header is None or not named:
        return []
    faults += told
    if number is not None:
        header.values["number"] = number
    if "iswc" in header.values and not header.text("iswc") and row.iswcs:
        header.values["iswc"] = row.iswcs[0]
    faults += _disputed(made.lines)
    noted = list(own(made.lines))
    faults += noted if version is not Version.V30 else _unstated(made.lines)
    blocks = [(each, holder_records(each, version, cut=row.changed)) for each in made.lines]
    kept = [each for each in kept if not _overtaken(each, row, made)]
    kept += links(kept, made)
    holders = [block[0] for _, block in blocks]
    completed([each for each in kept if each.type == "PWR"], holders, version)
    return [(each.type, each.values) for each in _ordered(kept, blocks, made.gone)]


def _sayable(row: RegistrationRow, day: str, faults: list[Fault]) -> list[RegisteredRow]:
    """Return the claims in force that are ownership or collection of a work; `faults` takes the others."""
    found: list[RegisteredRow] = []
    for claim in row.claims:
        if not (claim.valid_from or "") <= day < (claim.valid_to or "~"):
            continue
        if claim.right in RIGHTS and claim.kind in _KINDS:
            found.append(claim)
            continue
        message = f"a claim of {claim.kind.lower()} of {claim.right} has no place in CWR"
        faults.append(Fault(CwrRule.CWR_CLAIM, 0, "", message, Done.RECORD_LEFT_OUT))
    return found


def _disputed(lines: Sequence[Line]) -> Iterator[Fault]:
    for line in lines:
        for claim in line.claims:
            if claim.status == "DISPUTED":
                said = f"{claim.kind.lower()} of {format_percent(claim.share)} of {claim.right}"
                yield Fault(CwrRule.CWR_DISPUTED, 0, line.record, f"{said} is disputed")


def _unstated(lines: Sequence[Line]) -> Iterator[Fault]:
    """Yield that 3.0 states no ownership, where somebody owns who also collects: that alone is told."""
    if any(
        each.owns and any(claim.kind == "COLLECTION" for claim in each.claims) for each in lines
    ):
        message = "CWR 3.0 states no ownership, and here parties own that collect"
        yield Fault(CwrRule.CWR_OWNERSHIP, 0, "", message, Done.FIELD_LEFT_OUT)


def _overtaken(record: Record, row: RegistrationRow, made: Drawn) -> bool:
    """Say whether a kept record is true no longer: it excludes for other claims, or its chain went."""
    if not row.changed:
        return False
    if record.type == "PWR":
        chain = record.number("chain")
        name, link = ("chain", chain) if chain else ("ip", record.text("publisher"))
        was = {each.said.get(name) for each in row.named}
        return link in was and link not in {each.said.get(name) for each in made.lines}
    return record.type in _TERRITORIES and record.text("inclusion") == "E"


def _ordered(
    kept: list[Record], blocks: Sequence[tuple[Line, list[Record]]], gone: set[int]
) -> Iterator[Record]:
    """Yield the header, each party with what follows it, and then what is about the work."""
    places = {line.place for line, _ in blocks if line.place is not None} | gone
    following: dict[int, list[Record]] = {place: [] for place in places}
    rest: list[Record] = []
    for record in kept:
        owners = [place for place in places if place < record.sequence]
        if record.type in _FOLLOWING and owners:
            following[max(owners)].append(record)
        else:
            rest.append(record)
    yield from (each for each in rest if is_header(each))
    for line, block in blocks:
        after = following[line.place] if line.place is not None else []
        names = [each for each in after if each.type in ("NPN", "NWN")]
        yield from (block[0], *names, *block[1:], *(each for each in after if each not in names))
    yield from (each for each in rest if not is_header(each))

"""Records that a registration keeps as text, read again and fitted to another version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from export.cwr.lines import Drawn, Link
from graph.catalogues import RegistrationRow
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import WORKS, Record, Version
from standards.cwr.values import Value

_TO_THIRD: Final = {"NWR": "WRK", "REV": "WRK", "VER": "OWK"}
_FROM_THIRD: Final = {"WRK": "NWR", "OWK": "VER"}


def kept_records(row: RegistrationRow, version: Version, faults: list[Fault]) -> list[Record]:
    """Return the kept records, the header first; `faults` takes those the version has no place for."""
    source = Version(row.format.removeprefix("CWR "))
    found: list[Record] = []
    for text in row.records:
        record = LAYOUTS[source][text[:3]].read(text, 0, [])
        if record is None:
            continue
        kind = fitted(sent_as(record.type, changed=row.changed and bool(row.submitter)), version)
        if kind not in LAYOUTS[version]:
            message = f"CWR {version} has no such record"
            done = Done.RECORD_LEFT_OUT
            faults.append(Fault(CwrRule.CWR_UNKNOWN_RECORD, 0, record.type, message, done))
            continue
        found.append(Record(kind, 0, 0, record.sequence, record.values))
    return found


def fitted(kind: str, version: Version) -> str:
    """Return what a version calls a record of that type."""
    return (_TO_THIRD if version is Version.V30 else _FROM_THIRD).get(kind, kind)


def sent_as(kind: str, *, changed: bool) -> str:
    """Return what a transaction goes out as: what has changed since it came in is a revision."""
    return "REV" if changed and kind == "NWR" else kind


def links(kept: Sequence[Record], made: Drawn) -> list[Record]:
    """Return the links of writers to chains that are new, each in its writer's place."""
    found: list[Record] = []
    for link in made.links:
        if link.like is not None:
            of_chain = [each for each in kept if each.type == "PWR" and _links(each, link)]
            found += [_link(link, each.sequence, each.values) for each in of_chain]
        elif link.writer is not None and link.writer.place is not None:
            values = {"writer": link.writer.said.get("ip")}
            if link.writer.record == "SWR":
                found.append(_link(link, link.writer.place + 1, values))
    return found


def _links(record: Record, link: Link) -> bool:
    """Say whether a link is to the chain that a new one is like."""
    seller = link.like
    if seller is None:
        return False
    chain = record.number("chain")
    return chain == seller.chain if chain else record.text("publisher") == seller.said.get("ip")


def _link(link: Link, sequence: int, values: Mapping[str, Value]) -> Record:
    blank = dict.fromkeys(field.name for field in LAYOUTS[Version.V22]["PWR"].fields)
    start = {"chain": link.chain, "publisher": link.start.said.get("ip"), "publisher_name": None}
    return Record("PWR", 0, 0, sequence, {**blank, **values, **start})


def completed(links: Sequence[Record], holders: Sequence[Record], version: Version) -> None:
    """Complete links of writers to publishers: 2.2 names the chain, and 2.x the publisher."""
    starts: dict[int, Record] = {}
    for holder in holders:
        if "chain" in holder.values:
            starts.setdefault(holder.number("chain"), holder)
    for link in links:
        publisher = link.text("publisher")
        if not link.number("chain") and publisher:
            chains = (at for at, start in starts.items() if start.text("ip") == publisher)
            link.values["chain"] = next(chains, None)
        start = starts.get(link.number("chain"))
        if version is not Version.V30 and start is not None and publisher:
            link.values["publisher_name"] = link.text("publisher_name") or start.text("name")


def is_header(record: Record) -> bool:
    """Say whether a kept record begins the transaction."""
    return record.type in WORKS or record.type == "AGR"

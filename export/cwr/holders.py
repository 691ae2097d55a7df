"""Lines of a registration as the records of publishers, writers and territories."""

from __future__ import annotations

from collections.abc import Iterator

from export.cwr.lines import Line
from export.cwr.places import place_rows
from export.cwr.roles import PUBLISHERS
from standards.cwr.records import Record, Version
from standards.cwr.values import Value


def holder_records(line: Line, version: Version, *, cut: bool) -> list[Record]:
    """Return a party's record and those of where it collects."""
    return [_holder(line, version), *_territories(line, version, cut=cut)]


def _holder(line: Line, version: Version) -> Record:
    values: dict[str, Value] = dict.fromkeys(("ip", "name", "first_name", "chain"), None)
    values |= line.said
    if version is not Version.V30:
        values |= {f"{right.lower()}_share": share for right, share in line.owned.items()}
        values["unknown"] = values.get("unknown") if values.get("unknown") == "Y" else None
    return Record(line.record, 0, 0, line.place or 0, values)


def _territories(line: Line, version: Version, *, cut: bool) -> Iterator[Record]:
    kind = "PT" if line.record in PUBLISHERS else "WT"
    collected = [claim for claim in line.claims if claim.kind == "COLLECTION"]
    if version is Version.V30 and not collected:
        # CWR 3.0 states no ownership: what is owned and told of no territory is collected everywhere.
        collected = [claim for claim in line.claims if claim.kind == "OWNERSHIP"]
    common: dict[str, Value] = {"ip": line.said.get("ip")}
    if version is Version.V30:
        societies = ("pr_society", "mr_society", "sr_society")
        common |= {name: line.said.get(name) for name in societies}
    rows = place_rows(collected, controlled=line.record.startswith("S"), cut=cut)
    for at, (controlled, values) in enumerate(rows, 1):
        record = ("S" if controlled else "O") + kind
        place: dict[str, Value] = {**common, **values, "territory_sequence": at}
        yield Record(record, 0, 0, line.place or 0, place)

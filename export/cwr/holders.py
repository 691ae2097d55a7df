"""Parties and claims of a registration as the records of publishers, writers and territories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from graph.registrations import RegisteredRow, RegistrationRow
from standards.cwr.records import Record, Version
from standards.cwr.values import Value
from standards.territories import territory

_PUBLISHERS: Final = frozenset({"SPU", "OPU"})
_CAPITAL: Final = re.compile("([A-Z])")
_WORLD: Final = 2136


def holder_records(row: RegistrationRow, version: Version) -> Iterator[list[Record]]:
    """Yield, for each party that is named, its record and those of where it collects."""
    claims: defaultdict[int, list[RegisteredRow]] = defaultdict(list)
    for claim in row.claims:
        claims[claim.position].append(claim)
    for named in row.named:
        said = {_snake(name): value for name, value in named.said.items()}
        position = said["position"]
        mine = claims[position]
        yield [_holder(said, mine, version), *_territories(said, mine, version)]


def _holder(said: dict[str, Any], claims: Sequence[RegisteredRow], version: Version) -> Record:
    values: dict[str, Value] = dict.fromkeys(("first_name", "chain"), None)
    values |= said
    if version is not Version.V30:
        for claim in claims:
            if claim.kind == "OWNERSHIP":
                values[f"{claim.right.lower()}_share"] = claim.share
        values["unknown"] = values.get("unknown") if values.get("unknown") == "Y" else None
    return Record(said["record"], 0, 0, said["position"], values)


def _territories(
    said: dict[str, Any], claims: Sequence[RegisteredRow], version: Version
) -> Iterator[Record]:
    kind = "PT" if said["record"] in _PUBLISHERS else "WT"
    collected = [claim for claim in claims if claim.kind == "COLLECTION"]
    if version is Version.V30 and not collected:
        # CWR 3.0 states no ownership: what is owned and told of no territory is collected everywhere.
        collected = [claim for claim in claims if claim.kind == "OWNERSHIP"]
    common: dict[str, Value] = {"ip": said.get("ip")}
    if version is Version.V30:
        common |= {name: said.get(name) for name in ("pr_society", "mr_society", "sr_society")}
    for at, (controlled, values) in enumerate(_rows(collected), 1):
        record = ("S" if controlled else "O") + kind
        place: dict[str, Value] = {**common, **values, "territory_sequence": at}
        yield Record(record, 0, 0, said["position"], place)


def _rows(claims: Sequence[RegisteredRow]) -> Iterator[tuple[bool, dict[str, Value]]]:
    """Yield territory records: what is included with its shares, then what that excludes."""
    groups: dict[tuple[Any, ...], dict[int, dict[str, Value]]] = {}
    for claim in claims:
        excluded = tuple(_tis(each) for each in claim.excluded_territories or ())
        key = (excluded, bool(claim.controlled), bool(claim.shares_change))
        rows = groups.setdefault(key, {})
        for each in claim.territories:
            rows.setdefault(_tis(each), {})[f"{claim.right.lower()}_share"] = claim.share
    # What excludes less is broader or comes again: the world first, then what was taken out of it.
    for (excluded, controlled, changes), rows in sorted(
        groups.items(), key=lambda group: (_WORLD not in group[1], -len(group[0][0]), group[0])
    ):
        flag: dict[str, Value] = {"shares_change": "Y" if changes else "N"}
        for tis, shares in rows.items():
            yield controlled, {**flag, **shares, "territory": tis, "inclusion": "I"}
        for tis in excluded:
            yield controlled, {**flag, "territory": tis, "inclusion": "E"}


def _tis(code: str) -> int:
    return territory(code).tis


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda found: "_" + found[1].lower(), name)

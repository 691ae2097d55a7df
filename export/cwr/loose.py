"""Works that no message registered, drawn up as registrations from the claims on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from graph.registrations import LooseRow, NamedRow, RegisteredRow, RegistrationRow
from standards.cwr.codes import PUBLISHER_ROLES, WRITER_ROLES
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.values import Value

_WRITERS: Final = {"COMPOSER": "C", "LYRICIST": "A", "WRITER": "CA", "ARRANGER": "AR"}
_PUBLISHERS: Final = {"ORIGINAL_PUBLISHER": "E", "ADMINISTRATOR": "AM", "SUB_PUBLISHER": "SE"}
NUMBER: Final = 14
_IP: Final = 9


def registrations(rows: Sequence[LooseRow], party: str) -> Iterator[RegistrationRow]:
    """Yield a registration for each work; the party is the one that the submitter controls."""
    for _, found in groupby(rows, key=lambda row: row.work_id):
        yield _registration(list(found), party)


def _registration(rows: list[LooseRow], party: str) -> RegistrationRow:
    work = rows[0]
    header: dict[str, Value] = {
        "title": work.title,
        "language": work.language,
        "number": work.work_id[:NUMBER].upper(),
        "iswc": work.iswc,
        "category": "UNC",
        "recorded": "U",
        "version": "ORI",
    }
    line = LAYOUTS[Version.V22]["NWR"].write(header, 0, 0, [])
    places: dict[tuple[str, str], int] = {}
    named: list[NamedRow] = []
    chains = 0
    for row in sorted(rows, key=_is_writer):
        key = (row.party_id, _role(row))
        if key in places:
            continue
        places[key] = len(places) + 1
        chains += not _is_writer(row)
        named.append(NamedRow(row.party_id, _said(row, places[key], chains, party)))
    claims = [
        RegisteredRow(
            row.party_id,
            places[row.party_id, _role(row)],
            row.right,
            row.kind,
            row.share,
            row.territories,
            row.excluded_territories,
            row.party_id == party,
            None,
        )
        for row in rows
        if row.right in ("PR", "MR", "SR") and row.kind in ("OWNERSHIP", "COLLECTION")
    ]
    kept = [line]
    return RegistrationRow(
        work.work_id, "NWR", "CWR 2.2", "", "", kept, work.work_id, [], named, claims
    )


def _said(row: LooseRow, position: int, chain: int, party: str) -> dict[str, Value]:
    mine = "S" if row.party_id == party else "O"
    said: dict[str, Value] = {
        "position": position,
        "record": mine + ("WR" if _is_writer(row) else "PU"),
        "role": _role(row),
        "ip": row.party_id[:_IP].upper(),
        "name": row.party,
        "ipiName": row.ipi_name,
    }
    if not _is_writer(row):
        said["chain"] = chain
    return said


def _is_writer(row: LooseRow) -> bool:
    if row.role in _WRITERS or row.role in WRITER_ROLES:
        return True
    return row.party_kind == "PERSON" and row.role not in (*PUBLISHER_ROLES, *_PUBLISHERS)


def _role(row: LooseRow) -> str:
    role = row.role or ""
    if _is_writer(row):
        return _WRITERS.get(role, role if role in WRITER_ROLES else "CA")
    return _PUBLISHERS.get(role, role if role in PUBLISHER_ROLES else "E")

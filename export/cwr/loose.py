"""Works that no message registered, as registrations that name nobody: claims stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from graph.catalogues import LooseRow, RegistrationRow
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.values import Value

NUMBER: Final = 14


def registrations(rows: Sequence[LooseRow]) -> Iterator[RegistrationRow]:
    """Yield a registration for each work."""
    for _, found in groupby(rows, key=lambda row: row.work_id):
        yield _registration(list(found))


def _registration(rows: list[LooseRow]) -> RegistrationRow:
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
    return RegistrationRow(
        id=work.work_id,
        kind="NWR",
        format="CWR 2.2",
        submitter="",
        number="",
        records=[LAYOUTS[Version.V22]["NWR"].write(header, 0, 0, [])],
        work_id=work.work_id,
        iswcs=[],
        standing=[],
        named=[],
        claims=[row.claim for row in rows],
        changed=True,
    )

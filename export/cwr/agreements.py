"""Agreements that people recorded, as the transactions in which CWR tells of agreements.

CWR knows agreements by which writers give rights to publishers (O), and publishers to others that act
for them (P), here general ones, since what people record names no works. What passes ownership on for
good, distributes or licenses has no word in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from export.cwr.roles import Newcomers
from export.cwr.writing import Draft
from graph.newcomers import AgreedRow, KnownRow
from standards.cwr.faults import CwrRule, Done, Fault
from standards.cwr.records import RIGHTS
from standards.cwr.values import Value
from standards.shares import WHOLE
from standards.territories import territory

TYPES: Final[Mapping[str, str]] = {"PUBLISHING": "OG", "ADMINISTRATION": "PG"}
"""What CWR calls an agreement of a kind."""

_NUMBER: Final = 14


def sayable(rows: Sequence[AgreedRow], day: str, faults: list[Fault]) -> list[list[AgreedRow]]:
    """Return the agreements in force on a day, each with all acquirers and rights; `faults` takes the others.

    Those of recordings alone are none of CWR's.
    """
    here = [
        row
        for row in rows
        if row.right in (None, *RIGHTS)
        and (row.valid_from or "") <= day < (row.collection_to or row.valid_to or "~")
    ]
    found: list[list[AgreedRow]] = []
    for _, group in groupby(sorted(here, key=_deed), key=_deed):
        agreed = list(group)
        if agreed[0].kind in TYPES:
            found.append(agreed)
            continue
        message = f"CWR has no agreement of the kind {agreed[0].kind}: {agreed[0].id}"
        done = Done.TRANSACTION_LEFT_OUT
        faults.append(Fault(CwrRule.CWR_AGREEMENT, 0, "AGR", message, done))
    return found


def agreement_drafts(agreed: Sequence[AgreedRow], known: Mapping[str, KnownRow]) -> list[Draft]:
    """Return the records of one agreement."""
    first = agreed[0]
    header: dict[str, Value] = {
        "number": first.id[:_NUMBER].upper(),
        "agreement_type": TYPES[first.kind],
        "start": first.valid_from,
        "end": first.valid_to,
        "prior_royalty": "N",
        "post_term": "D" if first.collection_to else "N",
        "post_term_end": first.collection_to,
        "works": 0,
    }
    drafts: list[Draft] = [("AGR", header)]
    for inclusion, codes in (("I", first.territories), ("E", first.excluded_territories or ())):
        drafts += [
            ("TER", {"inclusion": inclusion, "territory": territory(code).tis}) for code in codes
        ]
    newcomers = Newcomers("", known)
    for party, role, shares in _sides(agreed):
        told = newcomers.said(party, "WR" if known[party].kind == "PERSON" else "PU", role)
        drafts.append(("IPA", {**told, **shares}))
    return drafts


def _sides(agreed: Sequence[AgreedRow]) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """Yield the assignor, which keeps what nobody acquires, and the acquirers."""
    acquired: dict[str, dict[str, Value]] = {}
    kept: dict[str, Value] = {}
    for right in RIGHTS:
        field = f"{right.lower()}_share"
        passed = [each for each in agreed if each.right in (None, right)]
        for each in passed:
            acquired.setdefault(each.acquirer_id, {})[field] = each.share
        if passed:
            kept[field] = max(0, WHOLE - sum(each.share for each in passed))
    yield agreed[0].assignor_id, "AS", kept
    for party, shares in acquired.items():
        yield party, "AC", shares


def _deed(row: AgreedRow) -> tuple[str, ...]:
    """Return what the records of one agreement have in common."""
    return (
        row.recorded_at,
        row.assignor_id,
        row.kind,
        ",".join(row.territories),
        ",".join(row.excluded_territories or ()),
        row.valid_from or "",
        row.valid_to or "",
        row.collection_to or "",
    )

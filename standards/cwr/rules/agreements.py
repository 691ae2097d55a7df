"""W11: what an agreement needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from standards.cwr.faults import CwrRule, Fault
from standards.cwr.records import RIGHTS
from standards.cwr.transactions import Transaction
from standards.shares import format_percent, is_complete

_PARTIES: Final = 2


def agreement_shares(transaction: Transaction) -> Iterator[Fault]:
    """W11: a territory, an assignor and an acquirer, and shares that add up to all of each right."""
    for said in _said(transaction):
        yield Fault(CwrRule.W11, transaction.line, "AGR", said)


def _said(transaction: Transaction) -> Iterator[str]:
    parties = transaction.of("IPA")
    roles = {each.text("role") for each in parties}
    if not transaction.of("TER"):
        yield "it has no territory"
    if len(parties) < _PARTIES or roles != {"AS", "AC"}:
        yield "it needs an assignor and an acquirer"
    for right in RIGHTS:
        found = sum(each.shares().get(right, 0) for each in parties)
        if not is_complete(found):
            yield f"shares of {right} add up to {format_percent(found)}"

"""The rules of domain W1–W11 over one transaction, each a pure function with its id.

A rule yields what breaks it and changes nothing. The tolerance of 0.06 % belongs to totals, never to
one line. Edits that single societies make are no part of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from standards.cwr.faults import Fault
from standards.cwr.rules.agreements import agreement_shares
from standards.cwr.rules.chains import chain_order, owners_own, pr_collection, published_writers
from standards.cwr.rules.profile import Profile
from standards.cwr.rules.territories import collection_total, territory_records
from standards.cwr.rules.totals import ownership_total, publishers_share, writers_share
from standards.cwr.rules.writers import writers_and_version
from standards.cwr.transactions import Transaction
from standards.cwr.works import Work, work_of

WorkRule: TypeAlias = Callable[[Work, Profile], Iterator[Fault]]

WORK_RULES: Final[tuple[WorkRule, ...]] = (
    ownership_total,
    publishers_share,
    writers_share,
    collection_total,
    pr_collection,
    owners_own,
    chain_order,
    territory_records,
    writers_and_version,
    published_writers,
)
_CHECKED: Final = frozenset({"NWR", "REV", "WRK"})


def broken(transaction: Transaction, profile: Profile) -> list[Fault]:
    """Return what breaks a rule in a transaction that registers a work or tells of an agreement."""
    header = transaction.header
    if header is None:
        return []
    if header.type == "AGR":
        return list(agreement_shares(transaction))
    if header.type not in _CHECKED:
        return []
    work = work_of(transaction)
    return [fault for rule in WORK_RULES for fault in rule(work, profile)]


__all__ = ["WORK_RULES", "Profile", "broken"]

"""W1–W3: what shares of ownership add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standards.cwr.faults import CwrRule, Fault
from standards.cwr.records import RIGHTS
from standards.cwr.rules.profile import Profile
from standards.cwr.works import Holder, Work
from standards.shares import WHOLE, Share, at_least, at_most, format_percent, is_complete

_HALF: Share = 5000


def total(holders: Iterable[Holder], right: str) -> int:
    """Return what holders own of a right together."""
    return sum(holder.owned.get(right, 0) for holder in holders)


def ownership_total(work: Work, profile: Profile) -> Iterator[Fault]:
    """W1: ownership of each right is all of it, within 0.06 %, or nothing."""
    del profile
    for right in RIGHTS:
        found = total(work.holders, right)
        if not is_complete(found):
            said = f"ownership of {right} adds up to {format_percent(found)}"
            yield Fault(CwrRule.W1, work.header.line, work.header.type, said)


def publishers_share(work: Work, profile: Profile) -> Iterator[Fault]:
    """W2: publishers own at most half of the performing right, and at most all of the others."""
    del profile
    for right, limit in zip(RIGHTS, (_HALF, WHOLE, WHOLE), strict=True):
        found = total(work.publishers, right)
        if not at_most(found, limit):
            said = f"publishers own {format_percent(found)} of {right}"
            yield Fault(CwrRule.W2, work.header.line, work.header.type, said)


def writers_share(work: Work, profile: Profile) -> Iterator[Fault]:
    """W3: writers own nothing or at least half of the performing right, and at most all of any."""
    del profile
    for right in RIGHTS:
        found = total(work.writers, right)
        enough = right != "PR" or found == 0 or at_least(found, _HALF)
        if not enough or not at_most(found, WHOLE):
            said = f"writers own {format_percent(found)} of {right}"
            yield Fault(CwrRule.W3, work.header.line, work.header.type, said)

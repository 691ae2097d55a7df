"""W5, W6, W7 and W10: chains of publishers, and who publishes whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standards.cwr.faults import CwrRule, Fault
from standards.cwr.records import RIGHTS, Record, Version
from standards.cwr.rules.profile import Profile
from standards.cwr.rules.totals import total
from standards.cwr.scopes import Scope
from standards.cwr.works import OWNERS, Chain, Holder, Work
from standards.shares import TOLERANCE, WHOLE, at_least, format_percent


def pr_collection(work: Work, profile: Profile) -> Iterator[Fault]:
    """W5: within a chain and territory, performing right is collected as its E and AQ own it.

    Not where shares change on sub-publication, nor where anybody is an income participant; and of
    chains that the submitter does not control nothing is known for certain.
    """
    if profile.version is Version.V30 or any(holder.role == "PA" for holder in work.holders):
        return
    for chain in work.chains:
        controlled = [holder for holder in chain.holders if holder.controlled]
        every = [scope for holder in controlled for scope in holder.collected]
        mine = [scope for scope in every if scope.controlled]
        if not mine or any(scope.changes for scope in every):
            continue
        owned = total((each for each in controlled if each.role in OWNERS), "PR")
        wrong = [share for share in _totals(mine, "PR") if abs(share - owned) > TOLERANCE]
        if wrong:
            said = (
                f"chain {chain.number} owns {format_percent(owned)} of PR and collects "
                f"{format_percent(wrong[0])} of it"
            )
            yield Fault(CwrRule.W5, controlled[0].record.line, controlled[0].record.type, said)


def _totals(scopes: Sequence[Scope], right: str) -> Iterator[int]:
    """Yield what is collected of a right in each part of the world that scopes tell apart."""
    parts: list[tuple[frozenset[int], int]] = []
    for scope in scopes:
        share, rest = dict(scope.shares).get(right, 0), scope.countries
        found: list[tuple[frozenset[int], int]] = []
        for countries, total_ in parts:
            if both := countries & rest:
                found.append((both, total_ + share))
                rest -= both
            if apart := countries - both:
                found.append((apart, total_))
        parts = [*found, (rest, share)] if rest else found
    yield from (share for _, share in parts)


def owners_own(work: Work, profile: Profile) -> Iterator[Fault]:
    """W6: only original publishers and acquirers own."""
    del profile
    for holder in work.publishers:
        if holder.owned and holder.role not in OWNERS:
            said = f"publisher of role {holder.role} owns a share"
            yield Fault(CwrRule.W6, holder.record.line, holder.record.type, said)


def chain_order(work: Work, profile: Profile) -> Iterator[Fault]:
    """W7: one E begins a chain; an AQ follows it and takes its shares; OPU in no SPU's chain."""
    del profile
    for chain in work.chains:
        for record, said in _order(chain):
            yield Fault(CwrRule.W7, record.record.line, record.record.type, said)


def _order(chain: Chain) -> Iterator[tuple[Holder, str]]:
    first = chain.holders[0]
    if first.role not in ("E", "PA"):
        yield first, f"chain {chain.number} begins with role {first.role}"
    originals = [holder for holder in chain.holders if holder.role == "E"]
    if len(originals) > 1:
        yield originals[1], f"chain {chain.number} has {len(originals)} original publishers"
    for before, holder in zip([None, *chain.holders], chain.holders, strict=False):
        if holder.role == "AQ":
            if before is None or before.role != "E":
                yield holder, "an acquirer follows no original publisher"
            elif before.owned:
                yield before, "an original publisher before its acquirer owns a share"
        if first.controlled and not holder.controlled:
            yield holder, "a publisher that is not controlled stands in a controlled chain"


def published_writers(work: Work, profile: Profile) -> Iterator[Fault]:
    """W10: a published writer has a link to the publisher; 2.1 names the writer, 2.2 the chain too."""
    if profile.version is not Version.V30 and all(
        at_least(total(work.writers, right), WHOLE) for right in RIGHTS
    ):
        return
    for writer in work.writers:
        if not writer.controlled:
            continue
        if not writer.publishers and work.chains:
            said = "a controlled writer has no PWR"
            yield Fault(CwrRule.W10, writer.record.line, writer.record.type, said)
        for link in writer.publishers:
            for said in _link(work, writer, link, profile):
                yield Fault(CwrRule.W10, link.line, link.type, said)


def _link(work: Work, writer: Holder, link: Record, profile: Profile) -> Iterator[str]:
    named = link.text("writer")
    if named is None:
        yield "it names no writer"
    elif named != writer.record.text("ip"):
        yield f"it names writer {named} after {writer.record.text('ip')}"
    if profile.version is Version.V21:
        return
    chain = next((each for each in work.chains if each.number == link.number("chain")), None)
    if chain is None:
        yield f"it names chain {link.number('chain')}, and there is none"
    elif link.text("publisher") not in (None, chain.holders[0].record.text("ip")):
        yield f"publisher {link.text('publisher')} does not begin chain {chain.number}"

"""W4 and W8: who collects where, and how much in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from standards.cwr.faults import CwrRule, Fault
from standards.cwr.records import RIGHTS
from standards.cwr.rules.profile import Profile
from standards.cwr.works import Chain, Holder, Work
from standards.shares import WHOLE, at_most, format_percent
from standards.territories import TerritorySet

_HALF = 5000


def collection_total(work: Work, profile: Profile) -> Iterator[Fault]:
    """W4: what is collected of a right in a territory is at most all of it, within 0.06 %."""
    del profile
    everything = [scope for holder in work.holders for scope in holder.collected]
    if not any(not at_most(_most(work, right), WHOLE) for right in RIGHTS):
        return
    for right in RIGHTS:
        totals: Counter[int] = Counter()
        for scope in everything:
            if share := dict(scope.shares).get(right):
                totals.update(dict.fromkeys(scope.countries, share))
        over = {tis: found for tis, found in totals.items() if not at_most(found, WHOLE)}
        if over:
            most = max(over.values())
            where = _named(frozenset(over))
            said = f"up to {format_percent(most)} of {right} is collected in {where}"
            yield Fault(CwrRule.W4, work.header.line, work.header.type, said)


def territory_records(work: Work, profile: Profile) -> Iterator[Fault]:
    """W8: what a territory record may say, and that a territory has one publisher in a chain."""
    for holder in work.holders:
        yield from _records(holder, profile)
    for chain in work.chains:
        yield from _twice(chain)


def _records(holder: Holder, profile: Profile) -> Iterator[Fault]:
    for record in holder.territories:
        shares = record.shares()
        said = None
        if record.text("inclusion") == "E":
            said = "it excludes a territory and has a share" if shares else None
        elif not shares and not profile.zero_territories:
            said = "it includes a territory with no share"
        elif record.type in ("SPT", "OPT") and shares.get("PR", 0) > _HALF:
            said = f"a publisher collects {format_percent(shares['PR'])} of PR"
        if said:
            yield Fault(CwrRule.W8, record.line, record.type, said)


def _twice(chain: Chain) -> Iterator[Fault]:
    """Yield the territories that two publishers of one chain collect a right in."""
    seen: dict[str, list[tuple[int, frozenset[int]]]] = {right: [] for right in RIGHTS}
    for at, holder in enumerate(chain.holders):
        for scope in holder.collected:
            for right, _ in scope.shares:
                both = frozenset[int]().union(
                    *(there & scope.countries for other, there in seen[right] if other != at)
                )
                if both:
                    said = (
                        f"two publishers of chain {chain.number} collect {right} in {_named(both)}"
                    )
                    yield Fault(CwrRule.W8, scope.line, holder.record.type, said)
                seen[right].append((at, scope.countries))


def _most(work: Work, right: str) -> int:
    """Return what could be collected of a right in one territory, were all scopes the world."""
    return sum(
        share
        for holder in work.holders
        for scope in holder.collected
        for each, share in scope.shares
        if each == right
    )


def _named(countries: frozenset[int]) -> str:
    return TerritorySet.parse(sorted(countries)).describe()

"""What one party's claim comes to as messages arrive and people change it: worked out without any graph."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from hypothesis import strategies as st

SOLD_ON: Final = "2026-06-01"
DAYS: Final = ("2026-01-01", "2027-01-01")
SHARES: Final = (2_500, 4_000, 5_000)

Content = tuple[int, str | None, str | None]


@dataclass(frozen=True, kw_only=True)
class Stands:
    """A claim that stands."""

    party: str
    share: int
    since: str | None = None
    until: str | None = None
    disputed: bool = False

    @property
    def content(self) -> Content:
        """What it says."""
        return self.share, self.since, self.until

    def on(self, day: str) -> bool:
        """Say whether it holds on a day."""
        return (self.since or "") <= day < (self.until or "~")


@dataclass
class Line:
    """What stands of a seller's one claim, and what is to be known for what comes next."""

    seller: str
    stands: list[Stands] = field(default_factory=list[Stands])
    root: Content | None = None
    newest: int = -1
    waiting: int | None = None
    sold: bool = False
    refused: set[Content] = field(default_factory=set[Content])

    @property
    def written(self) -> bool:
        """Whether people wrote something else."""
        if self.sold or len(self.stands) > 1:
            return True
        return bool(self.stands) and self.stands[0].content != self.root

    def loaded(self, at: int, share: int | None) -> None:
        """Take in a message, that many-th of its sender."""
        if at <= self.newest:
            return
        self.newest = at
        if self.written:
            self.waiting = share
            return
        disputed = any(each.disputed for each in self.stands)
        self.stands, self.root = [], None
        if share is not None and (share, None, None) not in self.refused:
            self.stands = [Stands(party=self.seller, share=share, disputed=disputed)]
            self.root = share, None, None

    def withdrawn(self, one: Stands) -> None:
        """Take one back."""
        written = self.written
        self.stands.remove(one)
        if written and not self.sold and self.waiting is not None:
            self.stands = [Stands(party=self.seller, share=self.waiting)]
            self.root, self.waiting = self.stands[0].content, None
        elif not self.sold:
            self.refused |= {one.content, self.root or one.content}

    def revised(self, one: Stands, share: int) -> None:
        """Have one say another share."""
        self.stands[self.stands.index(one)] = replace(one, share=share)

    def disputed(self, one: Stands) -> None:
        """Have one be disputed."""
        self.stands[self.stands.index(one)] = replace(one, disputed=True)

    def transferred(self, buyer: str) -> None:
        """Sell what the seller holds."""
        for one in [each for each in self.stands if each.party == self.seller]:
            if one.on(SOLD_ON):
                self.sold = True
                self.stands.remove(one)
                if (one.since or "") < SOLD_ON:
                    self.stands.append(replace(one, until=SOLD_ON))
                self.stands.append(replace(one, party=buyer, since=SOLD_ON))

    def totals(self) -> dict[tuple[str, str, bool], int]:
        """Return who has how much on which day, and whether that is disputed."""
        found: dict[tuple[str, str, bool], int] = {}
        for each in self.stands:
            for day in DAYS:
                if each.on(day):
                    key = each.party, day, each.disputed
                    found[key] = found.get(key, 0) + each.share
        return found


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happens; `at` tells which message or claim, `share` what is said."""

    kind: str
    at: int
    share: int


KINDS: Final = ("LOAD", "LOAD", "LOAD", "AGAIN", "REVISE", "REVISE", "DISPUTE", "WITHDRAW", "SELL")


def steps() -> st.SearchStrategy[list[Step]]:
    """Return what happens, in order."""
    one = st.builds(
        Step,
        kind=st.sampled_from(KINDS),
        at=st.integers(0, 99),
        share=st.sampled_from(SHARES),
    )
    return st.lists(one, min_size=4, max_size=9)


def said() -> st.SearchStrategy[list[int | None]]:
    """Return what each message of a sender says of the share; None where it leaves the party out."""
    return st.lists(st.sampled_from([*SHARES, *SHARES, None]), min_size=4, max_size=4)


def plain(row: dict[str, Any]) -> Content:
    """Return what a stored claim says."""
    return row["share"], row.get("validFrom"), row.get("validTo")

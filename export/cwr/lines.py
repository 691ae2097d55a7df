"""The parties of a registration as they stand now: each a line with the claims that are its own.

What a registration named stays in its order. Who bought from a publisher follows it as its acquirer, who
claims something beside it has a line of its own, and whose claims are all gone is no longer named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from export.cwr.roles import OWNERS, PUBLISHERS, Newcomers, is_writer, snake
from graph.catalogues import RegisteredRow, RegistrationRow
from graph.newcomers import KnownRow

_RANKS: Final = {"SPU": 0, "OPU": 1, "SWR": 2, "OWR": 3}


@dataclass(slots=True)
class Line:
    """One party as a record names it, and its claims. `place` is where the message had it, if it did."""

    party: str
    said: dict[str, Any]
    place: int | None = None
    claims: list[RegisteredRow] = field(default_factory=list[RegisteredRow])
    owned: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def record(self) -> str:
        """The type of its record."""
        return self.said["record"]

    @property
    def chain(self) -> int | None:
        """The chain of publishers that it stands in."""
        return self.said.get("chain")

    @property
    def role(self) -> str:
        """What it is; an original publisher where nothing is said of one."""
        return self.said.get("role") or ("E" if self.record in PUBLISHERS else "")

    @property
    def owns(self) -> bool:
        """Whether any of its claims is one of ownership."""
        return any(each.kind == "OWNERSHIP" for each in self.claims)


@dataclass(frozen=True, slots=True)
class Link:
    """That a new chain publishes writers: all whom another chain does, or the one at a place."""

    chain: int
    start: Line
    like: Line | None = None
    writer: Line | None = None


@dataclass(slots=True)
class Drawn:
    """A registration's lines in order, the places of those that went, and links of new chains."""

    lines: list[Line] = field(default_factory=list[Line])
    gone: set[int] = field(default_factory=set[int])
    links: list[Link] = field(default_factory=list[Link])


def drawn(row: RegistrationRow, party: str, known: Mapping[str, KnownRow]) -> Drawn:
    """Return a registration as its claims have it; `party` is whose catalogue it is written for."""
    named = sorted(row.named, key=lambda each: each.said["position"])
    lines = [Line(each.party_id, snake(each.said), place=each.said["position"]) for each in named]
    made = Drawn(lines)
    here = {line.place: line for line in lines}
    sold: defaultdict[int, dict[str, list[RegisteredRow]]] = defaultdict(dict)
    beside: list[RegisteredRow] = []
    for claim in row.claims:
        line = here.get(claim.position)
        if line is None:
            beside.append(claim)
        elif claim.party_id == line.party:
            line.claims.append(claim)
        else:
            sold[claim.position].setdefault(claim.party_id, []).append(claim)
    if row.changed:
        drawing = _Drawing(made, Newcomers(party, known))
        for place in sorted(sold):
            drawing.sell(here[place], sold[place])
        drawing.beside(beside)
        drawing.leave(row.made)
    return made


class _Drawing:
    """Lines added to those of a registration, and taken away."""

    def __init__(self, made: Drawn, newcomers: Newcomers) -> None:
        self._made = made
        self._lines = made.lines
        self._newcomers = newcomers

    def sell(self, seller: Line, sold: Mapping[str, list[RegisteredRow]]) -> None:
        """Put buyers in the place of who sold.

        An original publisher stays without a share before the acquirer (W7); one that keeps a share, and who
        bought from an acquirer that still has something, begin a chain of their own with it.
        """
        for buyer, claims in sold.items():
            if seller.record not in PUBLISHERS:
                self._claims(buyer, claims, like=seller)
            elif seller.role not in OWNERS:
                self._insert(self._after(seller), self._line(buyer, seller, seller.role, claims))
            elif self._free(seller):
                self._insert(self._after(seller), self._line(buyer, seller, "AQ", claims))
            else:
                self._split(buyer, seller, claims)

    def beside(self, claims: Sequence[RegisteredRow]) -> None:
        """Give claims of no line to their parties' lines, or to new ones."""
        by_party: defaultdict[str, list[RegisteredRow]] = defaultdict(list)
        for claim in claims:
            by_party[claim.party_id].append(claim)
        for party, its in by_party.items():
            self._claims(party, its)

    def leave(self, made: frozenset[int]) -> None:
        """Take away the publishers whose claims are all gone, unless others act for them."""
        for line in [each for each in self._lines if each.record in PUBLISHERS]:
            first = next(each for each in self._lines if each.chain == line.chain)
            alone = sum(each.chain == line.chain for each in self._lines) == 1
            if line.place in made and not line.claims and (line is not first or alone):
                self._lines.remove(line)
                self._made.gone.add(line.place or 0)

    def _free(self, seller: Line) -> bool:
        """Say whether an acquirer can stand right after it, or instead of it."""
        if seller.role == "AQ":
            return not seller.claims and not self._acquired(seller)
        return not seller.owns and not self._acquired(seller)

    def _acquired(self, seller: Line) -> bool:
        after = self._lines[self._after(seller) :]
        return bool(after) and after[0].role == "AQ" and after[0].chain == seller.chain

    def _after(self, line: Line) -> int:
        return self._lines.index(line) + 1

    def _split(self, buyer: str, seller: Line, claims: list[RegisteredRow]) -> None:
        starts = (each for each in self._lines if each.chain == seller.chain and each.role == "E")
        start = next(starts, seller)
        chain = self._chain()
        first = Line(start.party, {**start.said, "chain": chain, "role": "E"})
        acquirer = self._line(buyer, seller, "AQ", claims)
        acquirer.said["chain"] = chain
        at = self._place(first.record)
        self._insert(at, first)
        self._insert(at + 1, acquirer)
        self._made.links.append(Link(chain, first, like=seller))

    def _line(self, buyer: str, seller: Line, role: str, claims: list[RegisteredRow]) -> Line:
        said = self._newcomers.said(buyer, seller.record, role)
        return Line(buyer, {**said, "chain": seller.chain}, claims=claims)

    def _claims(
        self, party: str, claims: Sequence[RegisteredRow], like: Line | None = None
    ) -> None:
        """Give a party's claims to lines of its own, role by role; `like` is the writer who sold them."""
        for claim in claims:
            role = "E" if like else self._newcomers.role(claim)
            line = next((each for each in self._lines if _fits(each, party, role)), None)
            if line is None:
                line = self._new(party, role, controlled=self._controlled(party, like))
                if like is not None and line.chain is not None:
                    self._made.links.append(Link(line.chain, line, writer=like))
            line.claims.append(claim)

    def _controlled(self, party: str, like: Line | None) -> bool:
        if like is not None and like.record == "SWR":
            return True
        mine = (each for each in self._lines if each.party == party)
        return party == self._newcomers.party or any(each.record.startswith("S") for each in mine)

    def _new(self, party: str, role: str, *, controlled: bool) -> Line:
        kind = "WR" if is_writer(role) else "PU"
        record = ("S" if controlled else "O") + kind
        said = self._newcomers.said(party, record, role)
        if kind == "PU":
            said["chain"] = self._chain()
        line = Line(party, said)
        self._insert(self._place(record), line)
        return line

    def _chain(self) -> int:
        return max((each.chain or 0 for each in self._lines), default=0) + 1

    def _place(self, record: str) -> int:
        """Return where a new line of a type goes: after all that are not to come after it."""
        ranks = [_RANKS[each.record] for each in self._lines]
        later = (at for at, rank in enumerate(ranks) if rank > _RANKS[record])
        return next(later, len(ranks))

    def _insert(self, at: int, line: Line) -> None:
        self._lines.insert(at, line)


def _fits(line: Line, party: str, role: str) -> bool:
    """Say whether a party's claim in a role is one of a line."""
    if line.party != party or (line.record in PUBLISHERS) == is_writer(role):
        return False
    return line.role == role or (line.role in OWNERS and role in OWNERS) or is_writer(role)

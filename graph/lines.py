"""Lines of claims: what people wrote of a registration's claims, held against the sender's next message.

A line is what one party claims of a right in registrations of one sender and number, and what people made of
it. What they wrote continues a claim of a registration; loads do not overwrite it (decision 28).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from standards.territories import countries

if TYPE_CHECKING:
    from graph.settling import Store

_STANDING: Final = frozenset({"ASSERTED", "DISPUTED"})

LINES: Final = """
UNWIND $keys AS key
MATCH (claim:Claim {line: key})-[:CLAIMED_BY]->(party:Party)
OPTIONAL MATCH (made:Registration {id: claim.registration})
RETURN collect([
  key, party.id, party.name, made.order, made.recordedTo IS NULL, properties(claim)
]) AS rows
"""

Content: TypeAlias = tuple[int, frozenset[int], str | None, str | None, str | None]
"""What a claim says of its right: share, countries, from, to, role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim in a line. One of a registration has the `order` of that, and says if it is the last."""

    id: str
    party: str
    name: str
    right: str
    kind: str
    chain: str | None
    content: Content
    status: str
    stands: bool
    order: str | None
    last: bool
    continues: str | None
    yields_to: tuple[str, ...]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Return a claim as it is read: whose, of which registration, and its properties."""
        party, name, order, last, own = row
        where = countries(tuple(own["territories"]), tuple(own.get("excludedTerritories") or ()))
        chain = own.get("chain")
        return cls(
            id=own["id"],
            party=party,
            name=name,
            right=own["right"],
            kind=own["kind"],
            chain=chain.rsplit("/", 1)[-1] if chain else None,
            content=(
                own["share"],
                where,
                own.get("validFrom"),
                own.get("validTo"),
                own.get("role"),
            ),
            status=own["status"],
            stands=own["status"] in _STANDING and own.get("recordedTo") is None,
            order=order,
            last=order is not None and last,
            continues=own.get("continues"),
            yields_to=tuple(own.get("yieldsTo") or ()),
        )

    @property
    def countries(self) -> frozenset[int]:
        """Where it is claimed."""
        return self.content[1]


@dataclass(frozen=True, slots=True)
class Hold:
    """A registration's claim, and the records of people that continue it."""

    root: Said
    records: tuple[Said, ...]

    @property
    def standing(self) -> list[Said]:
        """What stands of it."""
        return [each for each in (self.root, *self.records) if each.stands]

    @property
    def sold(self) -> bool:
        """Whether any of it ever was another's."""
        return any(each.party != self.root.party for each in self.records)

    @property
    def written(self) -> bool:
        """Whether people made it say something else: no message says it anew."""
        standing = self.standing
        if self.sold or not standing:
            return self.sold
        return len(standing) > 1 or standing[0].content != self.root.content

    @property
    def refused(self) -> frozenset[Content]:
        """What people withdrew: it stays withdrawn when a message says it again."""
        gone = [each for each in (self.root, *self.records) if each.status == "WITHDRAWN"]
        return frozenset(each.content for each in (*gone, *([self.root] if gone else ())))

    @property
    def disputed(self) -> bool:
        """Whether it stands disputed."""
        return any(each.status == "DISPUTED" for each in self.standing)

    def of(self, message: Iterable[Said]) -> list[Said]:
        """Return a message's claims that say it anew.

        They are the party's, of its right and kind, where any of it is claimed: in its chain and role where
        there are such, else in its chain, else in its role, else all.
        """
        root = self.root
        where = root.countries.union(*(each.countries for each in self.standing))
        near = [
            each
            for each in message
            if (each.party, each.right, each.kind) == (root.party, root.right, root.kind)
            and not where.isdisjoint(each.countries)
        ]
        chained = [each for each in near if each.chain == root.chain]
        alike = [each for each in near if each.content[-1] == root.content[-1]]
        both = [each for each in chained if each in alike]
        return both or chained or alike or near


@dataclass(slots=True)
class Verdict:
    """What becomes of one claim of a message."""

    claim: Said
    yields_to: list[Hold] = field(default_factory=list[Hold])
    withdrawn: bool = False
    disputed: bool = False
    revises: str | None = None


@dataclass(slots=True)
class Landed:
    """What a message comes to: for its claims, for what people wrote, and what of that it leaves out."""

    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    ended: list[Said] = field(default_factory=list[Said])
    left_out: list[Hold] = field(default_factory=list[Hold])


def holds(records: Iterable[Said]) -> list[Hold]:
    """Return what people did to each claim of a registration, in the order of ids."""
    every = sorted(records, key=lambda each: each.id)
    continued: defaultdict[str, list[Said]] = defaultdict(list)
    for each in every:
        if each.continues is not None:
            continued[each.continues].append(each)
    return [Hold(root, tuple(continued[root.id])) for root in every if root.order is not None]


def land(records: Iterable[Said], message: Sequence[Said]) -> Landed:
    """Return what becomes of the claims of a message that is the newest of a line's sender and number."""
    found = Landed(verdicts=[Verdict(each) for each in message])
    by_id = {each.claim.id: each for each in found.verdicts}
    for hold in holds(records):
        told = [by_id[each.id] for each in hold.of(message)]
        if hold.written:
            for verdict in told:
                verdict.yields_to.append(hold)
            if not told and hold.standing:
                found.left_out.append(hold)
            continue
        theirs = [each for each in hold.standing if each is not hold.root]
        found.ended += theirs
        for verdict in told:
            verdict.withdrawn = verdict.withdrawn or verdict.claim.content in hold.refused
            verdict.disputed = verdict.disputed or hold.disputed
            for each in theirs:
                verdict.revises = verdict.revises or each.id
    return found


def released(records: Sequence[Said], withdrawn: str) -> list[Said]:
    """Return the claims of the newest message that nothing keeps out once a record of people is withdrawn."""
    by_root = {hold.root.id: hold for hold in holds(records)}

    def kept_out(root: str) -> bool:
        hold = by_root[root]
        return hold.sold or any(each.id != withdrawn for each in hold.standing)

    [own] = [each for each in records if each.id == withdrawn]
    return [
        each
        for each in records
        if own.continues in each.yields_to
        and each.last
        and not by_root[each.id].records
        and not any(map(kept_out, each.yields_to))
    ]


async def lines(store: Store, keys: Sequence[str]) -> dict[str, list[Said]]:
    """Return what people did to claims of registrations, by the keys of those."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for key, *row in await store.read("lines of claims", LINES, keys=list(keys)):
        found[key].append(Said.of(row))
    return found

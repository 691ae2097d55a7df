"""What parties agree, and what is wrong with it by itself, whatever else they agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from graph.claiming.terms import period_flaws, territory_flaws
from graph.errors import InvalidValue, RuleBroken
from standards.shares import InvalidShare, is_complete, share
from standards.territories import countries

if TYPE_CHECKING:
    from graph.errors import CommandRefused
    from graph.journal.stage import Properties

ASSIGNMENT: Final = "ASSIGNMENT"
AGREEMENT_KINDS: Final = (ASSIGNMENT, "ADMINISTRATION", "DISTRIBUTION", "LICENCE", "PUBLISHING")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What one agreement says: how much (1/100 %) of a right passes, where, and for how long: [from, to).

    Without a right it is about every right. `collection_to` ends what is collected after the term.
    """

    kind: str
    share: int
    right: str | None = None
    territories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    collection_to: str | None = None

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Self:
        """Return what a stored agreement says."""
        return cls(
            kind=properties["kind"],
            share=properties["share"],
            right=properties.get("right"),
            territories=tuple(properties.get("territories") or ()),
            excluded=tuple(properties.get("excludedTerritories") or ()),
            valid_from=properties.get("validFrom"),
            valid_to=properties.get("validTo"),
            collection_to=properties.get("collectionTo"),
        )

    @property
    def countries(self) -> frozenset[int]:
        """The countries that it is about; raises UnknownTerritory."""
        return countries(self.territories, self.excluded)

    def properties(self) -> Properties:
        """Return it as it is stored."""
        return {
            "kind": self.kind,
            "right": self.right,
            "share": self.share,
            "territories": list(self.territories),
            "excludedTerritories": list(self.excluded) or None,
            "validFrom": self.valid_from,
            "validTo": self.valid_to,
            "collectionTo": self.collection_to,
        }

    def flaws(self) -> Iterator[CommandRefused]:
        """Yield what is wrong with it; W11 has it hold somewhere."""
        if self.kind not in AGREEMENT_KINDS:
            yield InvalidValue("Nothing is agreed so.", path=("kind",))
        yield from _share_flaws(self.share, ("share",))
        if not self.territories:
            yield RuleBroken(
                "Name at least one territory where it holds.", path=("territories",), rule="W11"
            )
        else:
            yield from territory_flaws(self.territories, self.excluded)
        yield from self.term_flaws()

    def term_flaws(self) -> Iterator[CommandRefused]:
        """Yield what is wrong with its term."""
        yield from period_flaws(self.valid_from, self.valid_to)
        if self.collection_to and (not self.valid_to or self.collection_to < self.valid_to):
            message = "What is collected after the term ends after it."
            yield InvalidValue(message, path=("collectionTo",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is agreed at once: who keeps and gets how much (1/100 %) of each right, where, for how long.

    Without rights it is about every right. `collection_to` ends what is collected after the term.
    """

    assignor: str
    kept: int
    acquirers: Sequence[tuple[str, int]]
    kind: str
    rights: Sequence[str] = ()
    territories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    collection_to: str | None = None

    def agreed(self, acquired: int, right: str | None = None) -> Agreed:
        """Return what it says of one acquirer's share of a right."""
        return Agreed(
            kind=self.kind,
            share=acquired,
            right=right,
            territories=self.territories,
            excluded=self.excluded,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            collection_to=self.collection_to,
        )

    def flaws(self) -> Iterator[CommandRefused]:
        """Yield what is wrong with it; W11 has a party that acquires, a territory, and all of each right."""
        if not self.acquirers:
            yield RuleBroken(
                "Name at least one party that acquires.", path=("acquirers",), rule="W11"
            )
        yield from self.agreed(0).flaws()
        yield from self._wrong_shares()

    def _wrong_shares(self) -> Iterator[CommandRefused]:
        told: list[tuple[tuple[str, ...], int]] = [(("kept",), self.kept)]
        known = {self.assignor}
        for index, (acquirer, acquired) in enumerate(self.acquirers):
            place = ("acquirers", str(index))
            told.append(((*place, "share"), acquired))
            if acquirer in known:
                message = "Each party of an agreement stands in it once."
                yield InvalidValue(message, path=(*place, "partyId"))
            known.add(acquirer)
        for path, each in told:
            yield from _share_flaws(each, path)
        total = sum(each for _, each in told)
        if not is_complete(total) or not total:
            message = f"The assignor and the acquirers have {total} of 10000 together."
            yield RuleBroken(message, path=("acquirers",), rule="W11")


def _share_flaws(value: int, path: tuple[str, ...]) -> Iterator[CommandRefused]:
    try:
        share(value)
    except InvalidShare as error:
        yield InvalidValue(str(error), path=path)

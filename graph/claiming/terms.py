"""What a claim says, and what is wrong with it by itself, whatever others claim.

What other claims can mend, such as a total that is too low, or make, such as one that is too high, is no
flaw of a claim: it is a conflict among claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from graph.errors import InvalidValue, RuleBroken
from standards.conflicts import ConflictKind, Statement, detect
from standards.conflicts.rules import WORK_RIGHTS
from standards.shares import InvalidShare, share
from standards.territories import UnknownTerritory, countries

if TYPE_CHECKING:
    from graph.errors import CommandRefused
    from graph.journal.stage import Properties

OWNERSHIP: Final = "OWNERSHIP"
COLLECTION: Final = "COLLECTION"
KINDS: Final = (OWNERSHIP, "MANUSCRIPT", COLLECTION, "LICENCE")
RIGHTS_OF: Final[Mapping[str, frozenset[str]]] = {
    "Recording": frozenset({"MASTER"}),
    "Work": WORK_RIGHTS,
}
"""The rights that there are in an asset, by its label."""

# Others may claim what is missing to a half.
_MENDABLE: Final = frozenset({"W3"})
_SAID: Final = {
    "W2": "A publisher owns at most half of PR.",
    "W6": "Of publishers only E and AQ own.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one claim says; shares in 1/100 %, days [from, to)."""

    right: str
    kind: str
    share: int
    territories: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    role: str | None = None
    chain: str | None = None

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Self:
        """Return what a stored claim says."""
        return cls(
            right=properties["right"],
            kind=properties["kind"],
            share=properties["share"],
            territories=tuple(properties["territories"]),
            excluded=tuple(properties.get("excludedTerritories") or ()),
            valid_from=properties.get("validFrom"),
            valid_to=properties.get("validTo"),
            role=properties.get("role"),
            chain=properties.get("chain"),
        )

    @property
    def countries(self) -> frozenset[int]:
        """The countries that it is about; raises UnknownTerritory."""
        return countries(self.territories, self.excluded)

    def properties(self) -> Properties:
        """Return it as it is stored."""
        return {
            "right": self.right,
            "kind": self.kind,
            "share": self.share,
            "territories": list(self.territories),
            "excludedTerritories": list(self.excluded) or None,
            "validFrom": self.valid_from,
            "validTo": self.valid_to,
            "role": self.role,
            "chain": self.chain,
        }


def flaws(label: str, terms: Terms) -> Iterator[CommandRefused]:
    """Yield what is wrong with a claim on an asset of a label."""
    if terms.right not in RIGHTS_OF[label]:
        rights = ", ".join(sorted(RIGHTS_OF[label]))
        yield InvalidValue(f"The rights in a {label.lower()} are {rights}.", path=("right",))
    if terms.kind not in KINDS:
        yield InvalidValue("Nothing is claimed so.", path=("kind",))
    try:
        share(terms.share)
    except InvalidShare as error:
        yield InvalidValue(str(error), path=("share",))
    yield from period_flaws(terms.valid_from, terms.valid_to)
    places = list(territory_flaws(terms.territories, terms.excluded))
    yield from places
    if not places:
        yield from _broken(terms)


def period_flaws(valid_from: str | None, valid_to: str | None) -> Iterator[CommandRefused]:
    """Yield what is wrong with a period."""
    if valid_from and valid_to and valid_to <= valid_from:
        yield InvalidValue("It would end before it begins.", path=("validTo",))


def territory_flaws(
    included: tuple[str, ...], excluded: tuple[str, ...]
) -> Iterator[CommandRefused]:
    """Yield what is wrong with territories."""
    try:
        found = countries(included, excluded)
    except UnknownTerritory as error:
        yield InvalidValue(str(error), path=("territories",))
        return
    if not found:
        yield InvalidValue(
            "No country is left: what is excluded covers all that is included.",
            path=("excludedTerritories",),
        )


def _broken(terms: Terms) -> Iterator[CommandRefused]:
    said = Statement(
        id="",
        party="",
        right=terms.right,
        kind=terms.kind,
        share=terms.share,
        countries=terms.countries,
        role=terms.role,
    )
    for each in detect([said]):
        if each.kind is ConflictKind.RULE_BROKEN and each.rule not in _MENDABLE:
            path = ("role",) if each.rule == "W6" else ("share",)
            yield RuleBroken(_SAID.get(each.rule, "It breaks a rule."), path=path, rule=each.rule)

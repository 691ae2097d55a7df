"""The relationship types that facts can make, and what tells two of one pair apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, LiteralString

_EDITABLE: Final = frozenset(
    {
        *("RECORDED", "RELEASED", "WROTE", "HAS_TRACK", "ISSUED_BY", "RECORDING_OF"),
        *("MEMBER_OF", "ALIAS_OF", "PERFORMS_AS", "SUBLABEL_OF", "OPERATES", "PARENT_OF"),
        *("KNOWN_AS", "HAS_IDENTIFIER"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relationship type between two labels: one per pair and `key`, `known` besides."""

    start: LiteralString
    type: LiteralString
    end: LiteralString
    key: tuple[LiteralString, ...] = ()
    known: tuple[LiteralString, ...] = ()
    absent: bool = False
    """Whether parts of the key may be absent, which then is a value like any other."""
    ends_bear_few: bool = False
    """Whether an end bears fewer of the type than a start: it is then looked at from there."""

    ordered: bool = False
    """Whether it runs from the smaller id to the larger."""

    @property
    def editable(self) -> bool:
        """Whether editors add them and take them away."""
        return self.type in _EDITABLE

    @property
    def triple(self) -> tuple[LiteralString, LiteralString, LiteralString]:
        """What tells the relation from others."""
        return self.start, self.type, self.end

    @property
    def denial(self) -> Relation:
        """What stands in the place of one that editors took away: loads make it no more."""
        return replace(self, type="NOT_" + self.type)

    @property
    def few(self) -> str:
        """The row's name for the side that bears few, where one of the pair is soon found."""
        return "end" if self.ends_bear_few else "start"

    def same(self, one: LiteralString, other: LiteralString) -> LiteralString:
        """Return the condition under which two relationships of a pair, or rows, are the same."""
        parts: list[LiteralString] = []
        for name in self.key:
            if self.absent:
                parts.append(f"coalesce({one}.{name}, '') = coalesce({other}.{name}, '')")
            else:
                parts.append(f"{one}.{name} = {other}.{name}")
        return " WHERE " + " AND ".join(parts) if parts else ""


def _credit(kind: LiteralString, thing: LiteralString) -> Relation:
    return Relation(
        start="Artist",
        type=kind,
        end=thing,
        key=("role", "position"),
        known=("creditedAs", "joinPhrase"),
        ends_bear_few=True,
    )


def _artists(kind: LiteralString, *, ordered: bool = False) -> Relation:
    return Relation(
        start="Artist",
        type=kind,
        end="Artist",
        key=("beginDate", "endDate"),
        known=("attributes",),
        absent=True,
        ordered=ordered,
    )


STATED: Final = (
    _credit("RECORDED", "Recording"),
    _credit("RELEASED", "Release"),
    _credit("WROTE", "Work"),
    Relation(
        start="Release",
        type="HAS_TRACK",
        end="Recording",
        key=("medium", "position"),
        known=("number", "title", "lengthMs"),
        ends_bear_few=True,
    ),
    Relation(start="Release", type="ISSUED_BY", end="Label", key=("catalogueNumber",)),
    Relation(start="Recording", type="RECORDING_OF", end="Work", known=("attributes",)),
    _artists("MEMBER_OF"),
    _artists("ALIAS_OF", ordered=True),
    _artists("PERFORMS_AS"),
    Relation(start="Label", type="SUBLABEL_OF", end="Label"),
    Relation(start="Party", type="OPERATES", end="Label", ends_bear_few=True),
    Relation(
        start="Party",
        type="PARENT_OF",
        end="Party",
        key=("beginDate", "endDate"),
        absent=True,
        ends_bear_few=True,
    ),
    Relation(start="Party", type="KNOWN_AS", end="Artist"),
    Relation(start="Artist", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Recording", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Work", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Release", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Label", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Party", type="HAS_IDENTIFIER", end="Identifier", ends_bear_few=True),
    Relation(start="Artist", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="Recording", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="Work", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="Release", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="Label", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="Party", type="HAS_IDENTITY_LINK", end="IdentityLink", ends_bear_few=True),
    Relation(start="IdentityLink", type="IDENTIFIES", end="Identity"),
    Relation(start="Claim", type="ON", end="Recording"),
    Relation(start="Claim", type="ON", end="Work"),
    Relation(start="Claim", type="CLAIMED_BY", end="Party"),
    Relation(start="Party", type="ASSIGNS", end="Agreement", ends_bear_few=True),
    Relation(start="Agreement", type="ACQUIRED_BY", end="Party"),
    Relation(start="Party", type="PASSES_TO", end="Party"),
    Relation(start="Deal", type="COVERS", end="Release"),
    Relation(start="Deal", type="COVERS", end="Recording"),
    Relation(start="Deal", type="SENT_WITH", end="Release"),
    Relation(start="Deal", type="SENT_BY", end="Party"),
    Relation(start="Registration", type="REGISTERS", end="Work"),
    Relation(start="Registration", type="STATES", end="Agreement"),
    Relation(
        start="Registration",
        type="NAMES",
        end="Party",
        key=("position",),
        known=(
            "record",
            "chain",
            "role",
            "ip",
            "name",
            "firstName",
            "unknown",
            "ipiName",
            "ipiBase",
            "prSociety",
            "mrSociety",
            "srSociety",
            "agreement",
            "societyAgreement",
            "agreementType",
            "isac",
            "specialAgreements",
            "recordingRefusal",
            "usaLicence",
            "reversionary",
            "forHire",
        ),
    ),
    Relation(start="Conflict", type="ABOUT", end="Recording"),
    Relation(start="Conflict", type="ABOUT", end="Work"),
    Relation(start="PolicyFlag", type="FLAGS", end="Artist"),
    Relation(start="PolicyFlag", type="FLAGS", end="Recording"),
    Relation(start="PolicyFlag", type="FLAGS", end="Release"),
    Relation(start="PolicyFlag", type="FLAGS", end="Work"),
)
"""The relationships that facts state."""

RELATIONS: Final = (*STATED, *(each.denial for each in STATED if each.editable))
"""All that things can be tied by."""

# (start's label, relationship type, end's label) → the relation.
BY_TRIPLE: Final[Mapping[tuple[str, str, str], Relation]] = MappingProxyType(
    {each.triple: each for each in RELATIONS}
)

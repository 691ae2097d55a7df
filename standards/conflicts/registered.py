"""Conflicts that a registration's own records make: W5 and W7 to W10, as its transaction was checked.

These rules are about records, of which claims tell only a part. So the check is the message's, and what it
found is said of the claims that the records concerned have made, for as long as those stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from standards.conflicts.detector import cells
from standards.conflicts.rules import ConflictKind
from standards.conflicts.scopes import joined
from standards.conflicts.statements import Conflict, Statement


class Breach(NamedTuple):
    """A rule that a registration breaks, at the party of one position, and of one chain where it is in one.

    Position 0 is the header's, which is about everybody.
    """

    registration: str
    rule: str
    position: int
    chain: str


class _Concern(NamedTuple):
    """What a rule is about: claims of one kind, in some rights, of one party or of its whole chain."""

    kind: str
    rights: frozenset[str]
    chain: bool


_ALL: Final = frozenset({"PR", "MR", "SR"})
_CONCERNS: Final = {
    "W5": _Concern("COLLECTION", frozenset({"PR"}), chain=True),
    "W7": _Concern("OWNERSHIP", _ALL, chain=True),
    "W8": _Concern("COLLECTION", _ALL, chain=True),
    "W9": _Concern("OWNERSHIP", _ALL, chain=False),
    "W10": _Concern("OWNERSHIP", _ALL, chain=False),
}
RULES: Final = frozenset(_CONCERNS)
"""The rules that are told by registrations; the others are found among the claims themselves."""

_Key = tuple[str, str, tuple[str, ...]]


def breaches(claims: Iterable[Statement], found: Iterable[Breach]) -> tuple[Conflict, ...]:
    """Return the conflicts of the claims that stand and are concerned, one a rule, right and set of parties.

    What concerns no claim that stands is none: there is no cell to hold up.
    """
    made: defaultdict[str, list[Statement]] = defaultdict(list)
    for claim in sorted(claims, key=lambda each: each.id):
        if claim.registration is not None:
            made[claim.registration].append(claim)
    evidence: defaultdict[_Key, dict[str, Statement]] = defaultdict(dict)
    for breach in sorted(set(found)):
        if breach.rule in _CONCERNS:
            for right, whose in _concerned(made[breach.registration], breach).items():
                key = breach.rule, right, tuple(sorted({each.party for each in whose}))
                evidence[key].update((each.id, each) for each in whose)
    return tuple(
        Conflict(
            kind=ConflictKind.RULE_BROKEN,
            rule=rule,
            right=right,
            parties=parties,
            claims=tuple(sorted(whose)),
            scopes=joined(scope for scope, _ in cells(list(whose.values()))),
        )
        for (rule, right, parties), whose in sorted(evidence.items())
    )


def _concerned(claims: Sequence[Statement], breach: Breach) -> dict[str, list[Statement]]:
    """Return the claims that a breach is about, by right; where its party makes none, those of everybody."""
    concern = _CONCERNS[breach.rule]
    whole = [each for each in claims if each.right in concern.rights]
    for there in ([each for each in whole if _meets(each, breach, concern)], whole):
        for found in ([each for each in there if each.kind == concern.kind], there):
            if found:
                by_right: defaultdict[str, list[Statement]] = defaultdict(list)
                for each in found:
                    by_right[each.right].append(each)
                return by_right
    return {}


def _meets(claim: Statement, breach: Breach, concern: _Concern) -> bool:
    if not breach.position:
        return True
    if concern.chain and breach.chain:
        return claim.chain == f"{breach.registration}/{breach.chain}"
    return claim.position == breach.position

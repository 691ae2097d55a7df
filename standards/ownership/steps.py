"""Chains while they are looked for: told backwards, from their owner."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from standards.ownership.network import Assignment
from standards.shares import WHOLE


class Chain(NamedTuple):
    """One way from a first-hand claim to an owner, no party passed twice.

    ``assignments`` are their ids in order, none if the owner claims at first hand. ``parts`` is
    what reaches the owner this way and stays there, in parts of 1/100 %: each step makes 10000
    of one.
    """

    origin: str
    assignments: tuple[str, ...]
    parts: int

    @property
    def share(self) -> Fraction:
        """What reaches the owner this way and stays there, in 1/100 %."""
        return Fraction(self.parts, WHOLE ** (len(self.assignments) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """The chains to an owner, weightiest first; ``truncated`` if there may be more.

    Without cycles, all chains together make the owner's share. With cycles they make less: a
    share that comes round again is in the share but in no chain.
    """

    chains: tuple[Chain, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A partial chain, told backwards from the owner: where it stands and how it goes on."""

    party: str
    via: Assignment | None
    onward: Step | None


def chain_of(step: Step, claimed: int, kept: int) -> Chain:
    """Return the chain that begins with the step's party, whose claim is given (1/100 %).

    ``kept`` is the part of its holding that the owner keeps (1/100 %).
    """
    origin, ids, parts = step.party, list[str](), claimed * kept
    while step.via is not None and step.onward is not None:
        ids.append(step.via.id)
        parts *= step.via.share
        step = step.onward
    return Chain(origin=origin, assignments=tuple(ids), parts=parts)

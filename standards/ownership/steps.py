"""Chains while they are looked for: told backwards, from their owner."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from standards.ownership.network import Assignment
from standards.shares import WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One way from a first-hand claim to an owner, no party passed twice.

    ``assignments`` are their ids in order, none if the owner claims at first hand. ``share`` is
    what reaches the owner this way and stays there, in 1/100 %.
    """

    origin: str
    assignments: tuple[str, ...]
    share: Fraction


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


def share_of(step: Step, claimed: int, kept: int) -> Fraction:
    """Return what of a first-hand claim stays with an owner that keeps a part (1/100 %) of its holding."""
    numerator, length = claimed * kept, 1
    while step.via is not None and step.onward is not None:
        numerator *= step.via.share
        length += 1
        step = step.onward
    return Fraction(numerator, WHOLE**length)


def chain_of(step: Step, share: Fraction) -> Chain:
    """Return the chain that begins with the step's party."""
    origin, ids = step.party, list[str]()
    while step.via is not None and step.onward is not None:
        ids.append(step.via.id)
        step = step.onward
    return Chain(origin=origin, assignments=tuple(ids), share=share)

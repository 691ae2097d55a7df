"""Where claims stand that people made: in the line of what they continue of a registration, or in none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[Told]):
    """One record of a claim on a work: which registration made it and where, or what it continues of one.

    `yields_to` are the claims whose continuations stand in its place. `said` is whatever is to be told of it.
    """

    id: str
    continues: str | None
    registration: str | None
    position: int | None
    yields_to: Sequence[str]
    stands: bool
    party: str
    said: Told


def placed(
    records: Sequence[Recorded[Told]],
    registration: str,
    standing: Sequence[str],
    parties: Mapping[int, str],
) -> Iterator[tuple[int, Told]]:
    """Yield the records that stand in a registration's lines, each with its position, 0 beside them.

    `records` are all on the work, whatever became of them, `standing` the registrations of it that stand,
    in order, and `parties` whom this one names where. What people wrote stands in the line of the claim that
    it continues, whoever claims it now. Where that claim's registration stands no longer, it stands where
    this one makes way for it, or else in the line of the party whose it was; where there is none of these,
    beside the first registration.
    """
    by_id = {each.id: each for each in records}
    first = not standing or standing[0] == registration
    lines: dict[str, int] = {}
    for position in sorted(parties):
        lines.setdefault(parties[position], position)
    made_way = {
        continued: each.position or 0
        for each in records
        if each.registration == registration
        for continued in each.yields_to
    }
    for each in records:
        if not each.stands:
            continue
        origin = by_id.get(each.continues or each.id, each)
        if origin.registration == registration:
            yield origin.position or 0, each.said
        elif origin.id in made_way:
            yield made_way[origin.id], each.said
        elif first and origin.registration not in standing:
            line = lines.get(origin.party, 0) if origin.registration else 0
            yield line, each.said

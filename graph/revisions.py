"""Where claims stand that people made: in the line of the record that they revise, or in none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Recorded(Generic[Told]):
    """One record of a claim on a work: what it revises, which registration made it, and where.

    `said` is whatever is to be told of it.
    """

    id: str
    revises: str | None
    registration: str | None
    position: int | None
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
    in order, and `parties` whom this one names where. A record that revises one which a registration made
    stands in that one's line, however many came between, and whoever claims it now. Where that registration
    stands no longer, it stands in the line of the party whose it was; where none is told, beside the first
    registration.
    """
    by_id = {each.id: each for each in records}
    first = not standing or standing[0] == registration
    lines: dict[str, int] = {}
    for position in sorted(parties):
        lines.setdefault(parties[position], position)
    for each in records:
        if not each.stands:
            continue
        origin = _origin(each, by_id)
        if origin.registration == registration:
            yield origin.position or 0, each.said
        elif first and origin.registration not in standing:
            line = lines.get(origin.party, 0) if origin.registration else 0
            yield line, each.said


def _origin(record: Recorded[Told], by_id: Mapping[str, Recorded[Told]]) -> Recorded[Told]:
    """Return the first record of a line, or the one that a registration made."""
    seen = {record.id}
    while record.registration is None and record.revises and record.revises not in seen:
        before = by_id.get(record.revises)
        if before is None:
            break
        record = before
        seen.add(record.id)
    return record

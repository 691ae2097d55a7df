"""What each line owns of a work: CWR states ownership for the whole world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from export.cwr.lines import Line
from graph.catalogues import RegisteredRow
from standards.conflicts.scopes import parts
from standards.cwr.faults import CwrRule, Fault
from standards.cwr.records import RIGHTS
from standards.territories import TerritorySet, countries, world


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    claim: RegisteredRow

    @property
    def countries(self) -> frozenset[int]:
        own = self.claim
        return countries(tuple(own.territories), tuple(own.excluded_territories or ()))


def own(lines: Sequence[Line]) -> Iterator[Fault]:
    """Give each line its shares, right by right; yield where others own, which cannot be said.

    Where ownership differs within the world, what is owned in the most countries is taken for the whole:
    to add up what is owned in different places would make more than there is.
    """
    for right in RIGHTS:
        claims = [
            _Placed(line, claim)
            for line in lines
            for claim in line.claims
            if claim.kind == "OWNERSHIP" and claim.right == right
        ]
        found = list(parts(claims))
        if not found:
            continue
        most, here = max(found, key=lambda part: (len(part[0]), -min(part[0])))
        for each in here:
            each.line.owned[right] = each.line.owned.get(right, 0) + each.claim.share
        if rest := world().countries - most:
            where = TerritorySet(countries=rest, since=world().since).describe()
            message = (
                f"{right} is owned otherwise in {where}, and CWR states ownership of the world"
            )
            yield Fault(CwrRule.CWR_OWNERSHIP, 0, "", message)

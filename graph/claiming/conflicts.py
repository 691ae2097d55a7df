"""Conflicts resolved by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.claiming.records import (
    ASSERTED,
    DISPUTED,
    SUPERSEDED,
    begin,
    claims_of,
    end,
    following,
    settle,
    tell_conflicts,
)
from graph.editing import standing
from graph.errors import RuleBroken
from graph.journal import Command, Ref
from graph.settling import resolve_conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.claiming.records import Claim
    from graph.journal import Stage

OPEN: Final = "OPEN"
RESOLVED: Final = "RESOLVED"


class ResolveConflict(Command):
    """Have somebody settle an open conflict; claims that were disputed stand undisputed again.

    Refuses NotThere, and RuleBroken for one that is resolved.
    """

    def __init__(self, user: str, conflict: str, resolution: str) -> None:
        self._user = user
        self._ref = Ref("Conflict", conflict)
        self._resolution = resolution
        self.reads = (self._ref,)

    async def run(self, stage: Stage) -> Ref:
        """Resolve it."""
        had = await standing(stage, self._ref)
        if had["status"] != OPEN:
            raise RuleBroken("It is resolved already.", path=("id",), rule="CONFLICT_RESOLVED")
        disputed = await _disputed(stage, had["evidence"]) if had["kind"] == DISPUTED else []
        await resolve_conflict(
            stage, self._ref.id, resolution=self._resolution, by=self._user, now=stage.now
        )
        await tell_conflicts(stage, {self._ref.id: RESOLVED}, {self._ref.id: had})
        await end(stage, disputed, SUPERSEDED)
        await begin(stage, [following(each, status=ASSERTED) for each in disputed])
        await settle(stage, disputed)
        return self._ref


async def _disputed(stage: Stage, ids: Sequence[str]) -> list[Claim]:
    claims = await claims_of(stage, ids)
    return [each for each in claims if each.stands and each.properties["status"] == DISPUTED]

"""Claims changed while a load brings others on the same asset: the conflicts are what both come to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from graph.claiming import Claimant, WithdrawClaim
from graph.client import connect
from graph.detecting import detect_conflicts
from graph.facts import ClaimFact, write_facts
from graph.journal import Attribution, Command, Journal, Ref
from graph.settling import Settled
from schema.ids import key_of
from tests.reads.graphs import SOURCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.engines import Endpoint
    from graph.journal import Stage
    from tests.integration.claiming.rights import Rights

# Enough for a load to come as far as it can beside the change: on Neo4j it waits for that.
SECONDS: Final = 3.0


class Beside(Command):
    """A command beside which something else happens: before it is carried out, or before it is committed."""

    def __init__(
        self, command: Command, meanwhile: Callable[[], Awaitable[None]], when: str
    ) -> None:
        self.reads = command.reads
        self._command = command
        self._meanwhile = meanwhile
        self._when = when

    async def run(self, stage: Stage) -> Ref:
        """Carry it out."""
        if self._when == "before":
            await self._meanwhile()
        ref = await self._command.run(stage)
        if self._when == "after":
            await self._meanwhile()
        return ref


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_load_beside_a_change_settles_with_it(
    rights: Rights, scratch: Endpoint, when: str
) -> None:
    """Whichever is committed first: nothing is left to detect."""
    claim = key_of("Claim", await rights.claimed("take", "ann"))
    now = datetime.now(UTC)
    loading: list[asyncio.Task[None]] = []

    async def load() -> None:
        fact = ClaimFact(
            id="loaded",
            asset="Recording",
            asset_id="take",
            party_id="bob",
            right="MASTER",
            kind="OWNERSHIP",
            share=10_000,
            territories=("2136",),
        )
        async with connect(scratch) as other:
            await write_facts(
                other,
                [fact],
                source_id=SOURCE.id,
                recorded_at=now,
                position=1,
                settled=Settled(),
            )

    async def meanwhile() -> None:
        if not loading:
            loading.append(asyncio.create_task(load()))
            await asyncio.wait(loading, timeout=SECONDS)

    async with connect(scratch) as graph:
        journal = Journal(graph)
        command = Beside(WithdrawClaim(Claimant(user="rita", anybody=True), claim), meanwhile, when)
        await journal.run(command, Attribution(actor="rita"))
        await journal.close()
    await asyncio.gather(*loading)
    owned = await rights.owned("take")
    assert (owned["status"], owned["conflicts"]) == ("CLEAR", [])
    assert await detect_conflicts(rights.graph, now=now) == Settled()

"""The whole and its parts as processes over the sample in Neo4j, and the gateways before the parts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from graph.client import connect
from graph.facts import merge_redirect
from schema.ids import parse_global_id
from schema.subgraphs import Domain, subgraph
from tests.federation.programs import composed, gateway
from tests.federation.servers import all_served
from tests.federation.things import DEAL, END_DEAL, MAKE_DEAL, MERGED, UNMERGE, Things

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.conftest import Engines


@pytest_asyncio.fixture(scope="package")
async def addresses(
    engines: Engines, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[dict[str, str]]:
    """Yield where each part answers, and the whole."""
    endpoint = await engines.sample("neo4j")
    async with all_served(endpoint, tmp_path_factory.mktemp("servers")) as found:
        yield found


@pytest_asyncio.fixture(scope="package")
async def supergraph(addresses: dict[str, str]) -> str:
    """Return the parts composed, by Apollo's composition."""
    parts = {each.value: (subgraph(each).served.sdl, addresses[each]) for each in Domain}
    return (await composed(parts))["apollo"]["supergraph"]


@pytest_asyncio.fixture(scope="package", params=["apollo", "hive"])
async def running_gateway(
    request: pytest.FixtureRequest, supergraph: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[tuple[str, str]]:
    """Yield the name of each gateway in turn, and where it answers."""
    log = tmp_path_factory.mktemp("gateways") / "log"
    async with gateway(f"{request.param}_gateway.mjs", supergraph, log) as address:
        yield request.param, address


@pytest_asyncio.fixture(scope="package")
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield what asks over the network."""
    async with httpx.AsyncClient(timeout=120.0) as made:
        yield made


@pytest_asyncio.fixture(scope="package")
async def things(
    engines: Engines, addresses: dict[str, str], client: httpx.AsyncClient
) -> AsyncGenerator[Things]:
    """Yield things of the sample to ask about, one of them merged, and a deal, for as long."""
    found = await Things.gather(client, addresses["whole"])
    label, survivor = parse_global_id(found.by_type["Artist"][0])
    async with connect(await engines.sample("neo4j")) as graph:
        await merge_redirect(
            *(graph, label, MERGED, survivor),
            reason="the same",
            source_id="test",
            recorded_at=datetime(2024, 1, 2, tzinfo=UTC),
        )
        _, release = parse_global_id(found.by_type["Release"][0])
        _, party = parse_global_id(found.by_type["Party"][0])
        given = {"id": DEAL, "release": release, "party": party}
        now = datetime(2024, 1, 2, tzinfo=UTC)
        await graph.write("make a deal", [(MAKE_DEAL, {**given, "now": now})])
        try:
            yield found
        finally:
            await graph.write("unmerge", [(UNMERGE, {"id": MERGED}), (END_DEAL, {"id": DEAL})])

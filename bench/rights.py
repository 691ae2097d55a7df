"""Ownership of a thousand assets in many cells, and how its cost grows with the length of chains.

The thousand are works of the generated data set, worked out in this process over its engine, reads included.
The chains are made in memory: what they cost is the working out alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from graph.rights import AgreementRow, ClaimRow
from ingest.generated.catalogue import subjects
from loaders import Loaders
from loaders.rights import OwnershipFacts
from resolvers.cells import Matrix, cell
from resolvers.context import Context
from resolvers.ownership import Ownership, ownership_matrix, worked_out
from resolvers.things import Thing

if TYPE_CHECKING:
    from bench.dataset import DataSet
    from graph.client import Graph

ROUNDS: Final = 7
ASSETS: Final = 1_000
RIGHTS: Final = ("PR", "MR", "SR")
TERRITORIES: Final = ("US", "DE", "FR", "JP", "BR")
DEPTHS: Final = (1, 2, 4, 8, 16, 32)
_DAY: Final = date(2026, 1, 1)
_HALF: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCost:
    """Median seconds of a thousand works in fifteen cells each, and the processor's part of them."""

    assets: int
    cells: int
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthCost:
    """Microseconds an asset, its chain of agreements so deep, its owners' chains told."""

    depth: int
    microseconds: float


async def measure_matrix(graph: Graph, data: DataSet) -> MatrixCost:
    """Return what the thousand cost; raises RuntimeError where an answer is an error."""
    works = subjects(data.seed, data.sizes).works[:ASSETS]
    things = [Thing("Work", each.id) for each in works]
    asked = Matrix.of(RIGHTS, TERRITORIES, _DAY, None)
    taken: list[tuple[float, float]] = []
    cells = 0
    for _ in range(ROUNDS):
        context = Context(loaders=Loaders(graph))
        began, worked = time.perf_counter(), time.process_time()
        found = await ownership_matrix(context, things, asked)
        taken.append((time.perf_counter() - began, time.process_time() - worked))
        cells = sum(isinstance(each, Ownership) for its in found for each in its)
    if cells != len(things) * len(RIGHTS) * len(TERRITORIES):
        raise RuntimeError("Not every cell was answered.")
    return MatrixCost(
        assets=len(things),
        cells=cells,
        seconds=median(each for each, _ in taken),
        cpu_seconds=median(each for _, each in taken),
    )


def measure_depths() -> list[DepthCost]:
    """Return what an asset costs whose whole share goes down a chain, half of it staying at each hand."""
    return [
        DepthCost(depth=depth, microseconds=median(_of_depth(depth) for _ in range(ROUNDS)))
        for depth in DEPTHS
    ]


def _of_depth(depth: int, assets: int = 200) -> float:
    asked = cell("MASTER", "US", _DAY)
    facts = [_chain(at, depth) for at in range(assets)]
    began = time.perf_counter()
    for at, each in enumerate(facts):
        resolution = worked_out(Thing("Recording", str(at)), asked, each).holding.resolution
        for owner in resolution.shares:
            resolution.chains_to(owner)
    return (time.perf_counter() - began) / assets * 1e6


def _chain(asset: int, depth: int) -> OwnershipFacts:
    """Return the facts of one asset that nobody shares: each is worked out by itself."""
    hands = [f"{asset}-{at}" for at in range(depth + 1)]
    claim = ClaimRow(
        id=f"c{asset}",
        asset_label="Recording",
        asset_id=str(asset),
        party_id=hands[0],
        right="MASTER",
        kind="OWNERSHIP",
        share=10_000,
        territories=["2136"],
        excluded_territories=None,
        valid_from=None,
        valid_to=None,
        role=None,
        chain=None,
        status="ASSERTED",
        recorded_at="2026-01-01T00:00:00Z",
        recorded_to=None,
        stood_as=None,
        source_id="bench",
    )
    passed = {giver: [_agreement(giver, taker)] for giver, taker in pairwise(hands)}
    return OwnershipFacts(claims=[claim], assignments=passed, worked_out={})


def _agreement(giver: str, taker: str) -> AgreementRow:
    return AgreementRow(
        id=f"g{giver}",
        assignor_id=giver,
        acquirer_id=taker,
        kind="ASSIGNMENT",
        right="MASTER",
        share=_HALF,
        territories=["2136"],
        excluded_territories=None,
        valid_from=None,
        valid_to=None,
        status="ASSERTED",
        recorded_at="2026-01-01T00:00:00Z",
        recorded_to=None,
        stood_as=None,
        source_id="bench",
    )

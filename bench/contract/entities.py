"""A thousand things by reference, as a gateway asks, beside the same things through `nodes`."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import orjson

from bench.callers import Load, Request, post, run
from bench.measure import patiently
from ingest.generated.catalogue import subjects
from schema.ids import global_id

if TYPE_CHECKING:
    from bench.dataset import DataSet
    from bench.serving import Server

THINGS: Final = 1_000
ROUNDS: Final = 5
_PAGE: Final = 100
_FIELDS: Final = "... on Artist { name type } ... on Recording { title lengthMs }"
_PAGES: Final = range(THINGS // _PAGE)
ENTITIES: Final = (
    "query ($things: [_Any!]!) "
    f"{{ _entities(representations: $things) {{ __typename {_FIELDS} }} }}"
)
NODES: Final = (
    f"query ({', '.join(f'$p{page}: [ID!]!' for page in _PAGES)}) "
    f"{{ {' '.join(f'p{page}: nodes(ids: $p{page}) {{ __typename {_FIELDS} }}' for page in _PAGES)} }}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesCost:
    """Median latencies in ms of a thousand things, of rounds that took turns."""

    entities_ms: float
    nodes_ms: float

    @property
    def ratio(self) -> float:
        """How many times longer the thousand take by reference."""
        return self.entities_ms / self.nodes_ms


async def measure_entities(server: Server, data: DataSet, seconds: float) -> EntitiesCost:
    """Return what both ways take; raises RuntimeError unless they answer the same."""
    everything = subjects(data.seed, data.sizes)
    half = THINGS // 2
    artists = [("Artist", each.id) for each in everything.artists[:half]]
    recordings = [("Recording", each.id) for each in everything.recordings[:half]]
    # A gateway's references come mixed.
    things = [each for pair in zip(artists, recordings, strict=True) for each in pair]
    ids = [(name, global_id(name, id_)) for name, id_ in things]
    references = [{"__typename": name, "id": id_} for name, id_ in ids]
    pages = {
        f"p{page}": [id_ for _, id_ in ids[page * _PAGE : (page + 1) * _PAGE]] for page in _PAGES
    }
    entities, found = await _asked(server, ENTITIES, {"things": references})
    nodes, listed = await _asked(server, NODES, pages)
    if found["_entities"] != [each for page in listed.values() for each in page]:
        raise RuntimeError("Entities and nodes are answered differently.")
    taken: dict[str, list[float]] = {"entities": [], "nodes": []}
    for _ in range(ROUNDS):
        for name, request in (("entities", entities), ("nodes", nodes)):
            load = Load(callers=1, seconds=seconds)
            seen, _ = await run(server.port, [request], load, lambda: None)
            if seen.wrong:
                raise RuntimeError(f"{seen.wrong} answers were wrong.")
            taken[name].append(seen.percentile(0.5) * 1_000)
    return EntitiesCost(entities_ms=median(taken["entities"]), nodes_ms=median(taken["nodes"]))


async def _asked(
    server: Server, text: str, given: dict[str, Any]
) -> tuple[Request, dict[str, Any]]:
    raw = post(server.port, {"query": text, "variables": given})
    answer = await patiently(server.port, raw)
    body = orjson.loads(answer)
    if "errors" in body or None in next(iter(body["data"].values())):
        raise RuntimeError(f"Not everything was found: {answer[:500]!r}")
    return Request(raw=raw, expected=answer), body["data"]

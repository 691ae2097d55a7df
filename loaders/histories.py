"""Loaders of what things were."""

from collections import defaultdict
from typing import NamedTuple

from graph.histories import HISTORIES, HistoryRows, histories
from loaders.batching import BatchLoader, DomainLoaders, PerRequest
from loaders.batching import RequestLoaders as Request


class HistoryKey(NamedTuple):
    """A thing's id, and the instant to go back to, as records have it."""

    id: str
    at: str


def _by_label(request: Request) -> dict[str, BatchLoader[HistoryKey, HistoryRows]]:
    def loader(label: str) -> BatchLoader[HistoryKey, HistoryRows]:
        async def fetch(keys: list[HistoryKey]) -> dict[HistoryKey, HistoryRows]:
            wanted: defaultdict[str, list[str]] = defaultdict(list)
            for key in keys:
                wanted[key.at].append(key.id)
            found: dict[HistoryKey, HistoryRows] = {}
            for at, ids in wanted.items():
                async with request.gate:
                    rows = await histories(request.graph, label, ids, at)
                found |= {HistoryKey(id_, at): each for id_, each in rows.items()}
            return found

        return BatchLoader("histories", request, fetch)

    return {label: loader(label) for label in HISTORIES}


class HistoryLoaders(DomainLoaders):
    """What is needed to go back in the history of things."""

    by_label = PerRequest(_by_label)
    """By label of the thing, keyed by its id and the instant."""

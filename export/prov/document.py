"""A document of provenance, written page by page: the claims of a hundred assets are held at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import orjson

from export.errors import UnknownThing
from export.parties import party_called
from export.prov.nodes import CONTEXT
from export.prov.telling import ProvenanceReport, Telling, Wanted
from graph.client import Graph
from graph.provenance import asset_called, assets_of_claims, assets_of_party, records_of_assets

_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose provenance is asked for, in one of these ways.

    All claims on a work or a recording; all of a party, named by our id or an IPI name number; or some
    claims, with those that they replaced and that replaced them.
    """

    work: str | None = None
    recording: str | None = None
    party: str | None = None
    claims: Sequence[str] = ()


async def export_provenance(
    graph: Graph,
    asked: Asked,
    path: Path | None,
    told: Callable[[ProvenanceReport], None] | None = None,
) -> ProvenanceReport:
    """Write where the claims came from to a file, or stdout: every one ever recorded, once.

    `told` hears how far it is after each page. Raises ExportError before anything is written where there
    is no such asset, party or claim.
    """
    assets, wanted = await _looked_up(graph, asked)
    report = ProvenanceReport(file=str(path or "stdout"))
    telling = Telling(graph, wanted, report)
    with path.open("wb") if path else nullcontext(sys.stdout.buffer) as file:
        file.write(b'{"@context": ' + orjson.dumps(CONTEXT) + b',\n"@graph": [')
        separator = b"\n"
        for label, ids in _pages(assets):
            for records in await records_of_assets(graph, label, ids):
                for node in await telling.nodes(records):
                    file.write(separator + orjson.dumps(node))
                    separator = b",\n"
            if told is not None:
                told(report)
        file.write(b"\n]}\n")
    return report


async def _looked_up(graph: Graph, asked: Asked) -> tuple[list[tuple[str, str]], Wanted]:
    """Return label and id of the assets to look at, in order, and which of their claims are wanted."""
    if asked.party is not None:
        party = await party_called(graph, asked.party)
        return await assets_of_party(graph, party.id), Wanted(party=party.id)
    if asked.claims:
        assets = await assets_of_claims(graph, asked.claims)
        for id_ in asked.claims:
            if id_ not in assets:
                raise UnknownThing(f"There is no claim {id_!r}.")
        return sorted(set(assets.values())), Wanted(claims=frozenset(asked.claims))
    found: list[tuple[str, str]] = []
    for label, called in (("Work", asked.work), ("Recording", asked.recording)):
        if called is not None:
            asset = await asset_called(graph, label, called)
            if asset is None:
                raise UnknownThing(f"There is no {label.lower()} {called!r}.")
            found.append((label, asset))
    return found, Wanted()


def _pages(assets: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    for label, pairs in groupby(assets, key=lambda asset: asset[0]):
        ids = [id_ for _, id_ in pairs]
        for start in range(0, len(ids), _PAGE):
            yield label, ids[start : start + _PAGE]

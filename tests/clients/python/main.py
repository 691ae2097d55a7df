"""Ask what every client of these tests asks; what was answered goes to stdout as JSON."""

import asyncio
import json
import sys
from datetime import date
from enum import Enum
from typing import Any

from generated import (
    ArtistFilter,
    ArtistOrder,
    ArtistType,
    Client,
    Direction,
    FindSearchEdgesNodeEntityRecording,
    FindSearchEdgesNodeEntityWork,
    NameOrderField,
    Right,
    SearchType,
    ThingNodeRecording,
)

PEOPLE = ArtistFilter(name_starts_with="s", type_=ArtistType.PERSON)
BACKWARDS = ArtistOrder(field=NameOrderField.NAME, direction=Direction.DESC)


async def asked(client: Client) -> dict[str, Any]:
    """Ask it all in turn."""
    found, recording = await _found(client)
    return {
        "artists": await _artists(client),
        "found": found,
        **await _thing(client, recording),
        **await _ownership(client, recording),
    }


async def _artists(client: Client) -> list[str]:
    artists: list[str] = []
    after: str | None = None
    while True:
        page = (
            await client.artist_page(first=2, filter_=PEOPLE, order_by=BACKWARDS, after=after)
        ).artists
        assert page is not None
        for edge in page.edges:
            source = edge.node.source.kind if edge.node.source else None
            artists.append(f"{edge.node.name} {_said(edge.node.type_)} {_said(source)}")
        if not page.page_info.has_next_page:
            return artists
        after = page.page_info.end_cursor


async def _found(client: Client) -> tuple[list[str], str]:
    kinds = [SearchType.RECORDING, SearchType.WORK]
    search = (await client.find(text="another one bites the dust", types=kinds)).search
    assert search is not None
    things = [edge.node.entity for edge in search.edges]
    told = [
        f"{thing.typename__} {thing.title}"
        for thing in things
        if isinstance(thing, FindSearchEdgesNodeEntityRecording | FindSearchEdgesNodeEntityWork)
    ]
    recordings = [each for each in things if isinstance(each, FindSearchEdgesNodeEntityRecording)]
    return told, recordings[0].id


async def _thing(client: Client, recording: str) -> dict[str, Any]:
    node = (await client.thing(recording)).node
    assert isinstance(node, ThingNodeRecording)
    assert node.credits is not None
    assert node.identifiers is not None
    made = node.credits.nodes
    return {
        "credits": [f"{_said(each.role)} {each.artist and each.artist.name}" for each in made],
        "identifiers": [f"{_said(each.scheme)} {each.value}" for each in node.identifiers.nodes],
    }


async def _ownership(client: Client, recording: str) -> dict[str, Any]:
    day = date(2026, 1, 1)
    answer = await client.owners(id=recording, right=Right.MASTER, territory="DE", at=day)
    assert answer.recording is not None
    chain = answer.recording.ownership
    assert chain is not None
    assert chain.at == day
    owner = chain.owners[0]
    told = [
        chain.at.year,
        _said(chain.status),
        owner.party and owner.party.name,
        owner.share.percent,
    ]
    return {
        "ownership": " ".join(map(str, told)),
        "claims": [
            f"{_said(each.kind)} {each.valid_from} {each.recorded_at.year}" for each in chain.claims
        ],
    }


def _said(value: Enum | None) -> str:
    return str(value.value) if value else "null"


async def main(url: str) -> None:
    """Ask the server at an address."""
    async with Client(url=url) as client:
        sys.stdout.write(json.dumps(await asked(client)))


asyncio.run(main(sys.argv[1]))

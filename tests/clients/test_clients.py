"""Clients that others' tools generate from the committed schema: compiled strictly, and run.

Each asks the same: pages of a list, search, a node by its types, who owns a recording.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from typer.testing import CliRunner

from server.documents import commands
from tests.clients.tools import ProgramFailedError, node_workshop, python_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clients.conftest import Serve

ANSWERED: Final = {
    "artists": [
        "Solomon Klonitzky-Kline PERSON MUSICBRAINZ",
        "Sean Paul PERSON MUSICBRAINZ",
        "Scarface PERSON MUSICBRAINZ",
    ],
    "found": [
        "Recording Another One Bites the Dust",
        "Recording Another One Bites the Dust",
        "Recording One",
    ],
    "credits": ["MAIN Queen"],
    "identifiers": ["MBID 06f570a1-66b4-4964-8c63-1d48d0f03eaa"],
    "ownership": "2026 CLEAR Paper Queens Music Publishing 51.840000",
    "claims": ["OWNERSHIP 2019-09-04 2024"],
}


async def test_typed_documents_of_graphql_code_generator(serve: Serve, tmp_path: Path) -> None:
    """By their texts, and by the ids of the manifest that the generator writes beside them."""
    shop = await node_workshop("typescript", tmp_path)
    await shop.run("graphql-codegen", "--config", "codegen.ts")
    await shop.run("tsc", "--project", ".")
    async with serve() as address:
        assert json.loads(await shop.run("node", "built/main.js", address)) == ANSWERED
    manifest = shop.folder / "generated" / "persisted-documents.json"
    fits(manifest)
    async with serve(manifest) as address:
        told = await shop.run("node", "built/main.js", address, "trusted")
        assert json.loads(told) == ANSWERED
        await refuses_others(address)


async def test_what_the_schema_does_not_have_does_not_compile(tmp_path: Path) -> None:
    """An enum's value, a variable and a field are checked when the client is built."""
    shop = await node_workshop("typescript", tmp_path)
    await shop.run("graphql-codegen", "--config", "codegen.ts")
    main = shop.folder / "main.ts"
    main.write_text(main.read_text(encoding="utf-8").replace('"MASTER"', '"MASTERS"'))
    with pytest.raises(ProgramFailedError, match='"MASTERS"'):
        await shop.run("tsc", "--project", ".")


@pytest.mark.parametrize("trusted", [False, True])
async def test_relay(serve: Serve, tmp_path: Path, *, trusted: bool) -> None:
    """Its compiler takes the connections and nodes as its own; by texts, or by ids it wrote down."""
    shop = await node_workshop("relay", tmp_path)
    config = shop.folder / "relay.config.json"
    if not trusted:
        told = json.loads(config.read_text(encoding="utf-8"))
        del told["persistConfig"]
        config.write_text(json.dumps(told), encoding="utf-8")
    (shop.folder / "src" / "__generated__").mkdir()
    await shop.run("relay-compiler", config.name)
    await shop.run("relay-compiler", config.name, "--validate")
    await shop.run("tsc", "--project", ".")
    await shop.run("babel", "src", "--out-dir", "built", "--extensions", ".ts")
    manifest = shop.folder / "persisted.json"
    if trusted:
        fits(manifest)
    async with serve(manifest if trusted else None) as address:
        assert json.loads(await shop.run("node", "built/main.js", address)) == ANSWERED
        if trusted:
            await refuses_others(address)


async def test_python_of_ariadne_codegen(serve: Serve, tmp_path: Path) -> None:
    """Checked by mypy; by its texts, and where only those are taken that it was generated with."""
    shop = await python_workshop("python", tmp_path)
    await shop.run("ariadne-codegen")
    await shop.run("mypy", "main.py", "generated")
    async with serve() as address:
        assert json.loads(await shop.run("python", "main.py", address)) == ANSWERED
    await shop.run("python", "manifest.py")
    fits(shop.folder / "manifest.json")
    async with serve(shop.folder / "manifest.json") as address:
        assert json.loads(await shop.run("python", "main.py", address)) == ANSWERED
        await refuses_others(address)


def fits(manifest: Path) -> None:
    """Assert that the product's own command finds a manifest in order."""
    checked = CliRunner().invoke(commands, ["check", str(manifest)])
    assert checked.exit_code == 0, checked.output
    assert re.match(r"All [1-9]\d* documents fit", checked.output)


async def refuses_others(address: str) -> None:
    """Assert that a document which is in no manifest is not run."""
    async with httpx.AsyncClient() as client:
        response = await client.post(address, json={"query": "{ __typename }"})
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"

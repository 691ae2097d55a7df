"""What composes subgraphs and what gateways run them: programs of others, on Node.js."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bench.node import NodeMissingError, install, program

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

FOLDER: Final = Path(__file__).parent
START_SECONDS: Final = 180.0


async def composed(subgraphs: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Return what each composition makes of subgraphs, texts and addresses by name."""
    given = {name: {"sdl": sdl, "url": url} for name, (sdl, url) in subgraphs.items()}
    return json.loads(await _told("compose.mjs", json.dumps(given).encode()))


async def decoded(trace: str) -> dict[str, Any]:
    """Return a trace, in base64, as Apollo's own messages read it."""
    return json.loads(await _told("decode.mjs", trace.encode()))


async def _told(script: str, given: bytes) -> bytes:
    """Return what a program prints of what it is given."""
    await _installed()
    process = await asyncio.create_subprocess_exec(
        program("node"),
        script,
        cwd=FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate(given)
    assert process.returncode == 0
    return told


@asynccontextmanager
async def gateway(script: str, supergraph: str, log: Path) -> AsyncGenerator[str]:
    """Yield where a gateway answers while the block runs."""
    await _installed()
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            program("node"),
            script,
            cwd=FOLDER,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(supergraph.encode())
        process.stdin.close()
        async with asyncio.timeout(START_SECONDS):
            address = (await process.stdout.readline()).decode().strip()
        assert address, f"{script} did not start; {log} says why"
        yield address
    finally:
        with suppress(ProcessLookupError):
            process.kill()  # It holds nothing; Hive Gateway would wait for its callers.
        await process.wait()


async def _installed() -> None:
    """Install the packages; skip where there is no Node.js, but for CI."""
    try:
        await install(FOLDER)
    except NodeMissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))

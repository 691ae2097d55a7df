"""Node.js and its packages, for what is measured and tested with other people's software."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path


class NodeMissingError(Exception):
    """A Node.js package cannot be run on this machine; the message says what is missing."""


def program(name: str) -> str:
    """Return where `node` or `npm` is; raise NodeMissingError."""
    found = shutil.which(name)
    if found is None:
        raise NodeMissingError(f"Node.js of version 20 or newer is needed: install {name}.")
    return found


async def install(folder: Path) -> None:
    """Install a folder's packages as its lock says, unless they are; raise NodeMissingError."""
    program("node")
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    process = await asyncio.create_subprocess_exec(
        program("npm"),
        "ci",
        "--no-audit",
        "--no-fund",
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await process.communicate()
    if process.returncode != 0:
        lines = told.decode(errors="replace").strip().splitlines() or ["no output"]
        raise NodeMissingError(f"npm could not install the packages of {folder.name}: {lines[0]}")
    stamp.touch()

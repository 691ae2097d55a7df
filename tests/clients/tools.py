"""The generators, compilers and linters of clients, each run in a copy of a client's folder."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bench.node import NodeMissingError, install, program

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent
ROOT: Final = FOLDER.parents[1]
SCHEMA: Final = ROOT / "schema" / "schema.graphql"
_CACHE: Final = ROOT / "var" / "clients"


class ProgramFailedError(AssertionError):
    """A program refused what it was given; the message is all that it said."""


class Workshop:
    """A client's folder, copied beside the schema and the operations, with what it is built by."""

    def __init__(self, folder: Path, binaries: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._binaries = binaries
        self._environment = environment

    async def run(self, name: str, *arguments: str) -> str:
        """Return what a program says on stdout; raise ProgramFailedError where it fails."""
        found = self._binaries / name
        process = await asyncio.create_subprocess_exec(
            *(str(found) if found.exists() else program(name), *arguments),
            cwd=self.folder,
            env={**os.environ, **self._environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        told, said = output.decode(), (output + errors).decode()
        if process.returncode != 0:
            raise ProgramFailedError(f"{name}: {said}")
        assert not re.search("warn", said, re.IGNORECASE), said
        return told


async def node_workshop(client: str, into: Path) -> Workshop:
    """Return the workshop of a client of Node.js; skip where it cannot be made, but for CI."""
    try:
        await install(FOLDER)
    except NodeMissingError as missing:
        _missing(str(missing))
    folder = _copied(client, into)
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    # What Node.js says of itself differs from version to version, and is not about the client.
    return Workshop(folder, folder / "node_modules" / ".bin", {"NODE_NO_WARNINGS": "1"})


async def python_workshop(client: str, into: Path) -> Workshop:
    """Return the workshop of a client of Python, in an environment of its own that is kept."""
    lock = FOLDER / client / "requirements.lock"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    environment = _CACHE / f"{version}-{digest}"
    made = environment / ".made"
    if not made.exists():
        shutil.rmtree(environment, ignore_errors=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        await _made(sys.executable, "-m", "venv", str(environment))
        await _made(*pip, "install", "--quiet", "--require-hashes", "-r", str(lock))
        made.touch()
    return Workshop(_copied(client, into), environment / "bin", {"PYTHONWARNINGS": "error"})


async def _made(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, complained = await process.communicate()
    if process.returncode != 0:
        _missing(f"The client's environment could not be made: {complained.decode().strip()}")


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def _copied(client: str, into: Path) -> Path:
    folder = into / client
    shutil.copytree(FOLDER / client, folder)
    shutil.copytree(FOLDER / "operations", folder / "operations")
    shutil.copy(SCHEMA, folder)
    return folder

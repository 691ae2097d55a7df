"""A real Neo4j Community for the tests and the benchmark, from its Maven artifacts.

``python -m tests.engines.neo4j --data DIR`` runs one and prints where it answers as one line of
JSON; it stops when its standard input ends or on Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.engines import Dialect, Endpoint

if TYPE_CHECKING:
    from collections.abc import Generator

_HERE: Final = Path(__file__).resolve().parent
_CACHE: Final = _HERE.parents[1] / "var" / "neo4j"
_OLDEST_JDK: Final = 21


class Neo4jMissingError(Exception):
    """Neo4j cannot be run on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What one Neo4j may take, in MB."""

    heap_mb: int = 512
    page_cache_mb: int = 64


@cache
def java() -> Path:
    """Return a ``java`` of at least version 21, or say that there is none."""
    homes = [Path(home) for name in ("JAVA_HOME", "JDK_HOME") if (home := os.environ.get(name))]
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    found = [home / "bin" / "java" for home in homes]
    if on_path := shutil.which("java"):
        found.append(Path(on_path))
    for candidate in found:
        # Only a JDK has the compiler that runs the launcher's source.
        if candidate.with_name("javac").exists() and _version(candidate) >= _OLDEST_JDK:
            return candidate
    raise Neo4jMissingError(f"Neo4j needs a JDK of version {_OLDEST_JDK} or newer: set JAVA_HOME.")


def _version(candidate: Path) -> int:
    told = subprocess.run(  # noqa: S603 - a JDK of this machine.
        [candidate, "-version"], capture_output=True, text=True, check=False
    ).stderr
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


@cache
def jars() -> Path:
    """Return the folder of Neo4j's jars, resolved by Maven the first time and kept."""
    pom = (_HERE / "pom.xml").read_text(encoding="utf-8")
    version = re.search(r"<neo4j.version>(.+?)<", pom)
    if version is None:
        raise Neo4jMissingError("tests/engines/pom.xml names no neo4j.version.")
    target = _CACHE / version[1]
    if target.is_dir():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise Neo4jMissingError("Neo4j is resolved by Maven: install mvn.")
    _CACHE.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{version[1]}-", dir=_CACHE))
    resolved = subprocess.run(  # noqa: S603 - the Maven of this machine, fixed arguments.
        [
            maven,
            "--batch-mode",
            "--quiet",
            f"--file={_HERE / 'pom.xml'}",
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={draft}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if resolved.returncode != 0:
        shutil.rmtree(draft)
        lines = (resolved.stdout + resolved.stderr).strip().splitlines() or ["no output"]
        raise Neo4jMissingError(f"Maven could not resolve Neo4j: {lines[0]}")
    with contextlib.suppress(OSError):  # Another run was first: its copy is the same.
        draft.rename(target)
    shutil.rmtree(draft, ignore_errors=True)
    return target


@contextmanager
def neo4j(data: Path, memory: Memory | None = None, *, keep: bool = True) -> Generator[Endpoint]:
    """Run a Neo4j over a folder while the block runs, and surely no longer.

    Without ``keep`` nobody needs the folder again, and the ten seconds of a clean stop are saved.
    """
    memory = memory or Memory()
    program = [
        str(java()),
        f"-Xmx{memory.heap_mb}m",
        "-cp",
        f"{jars()}/*",
        str(_HERE / "Neo4jLauncher.java"),
        str(data.absolute()),
        str(memory.page_cache_mb),
    ]
    data.mkdir(parents=True, exist_ok=True)
    with (
        (data / "process.log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 - fixed arguments.
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield Endpoint(
                uri=f"bolt://127.0.0.1:{_port(process, data)}",
                user="neo4j",
                # The launcher asks for none; the driver wants something to send.
                password="unchecked",  # noqa: S106 - checked by nobody.
                database="neo4j",
                dialect=Dialect.NEO4J,
            )
        finally:
            if not keep:
                process.kill()
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(process: subprocess.Popen[str], data: Path) -> int:
    for line in process.stdout or ():
        if line.startswith("READY "):
            return int(line.removeprefix("READY "))
    told = (data / "process.log").read_text(encoding="utf-8", errors="replace").splitlines()
    raise RuntimeError(f"Neo4j did not start: {' / '.join(told[-3:])}")


def main() -> None:
    """Run one Neo4j by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--heap-mb", type=int, default=2048)
    parser.add_argument("--page-cache-mb", type=int, default=1024)
    options = parser.parse_args()
    memory = Memory(heap_mb=options.heap_mb, page_cache_mb=options.page_cache_mb)
    with neo4j(options.data, memory) as endpoint, contextlib.suppress(KeyboardInterrupt):
        answer = {
            "uri": endpoint.uri,
            "user": endpoint.user,
            "password": endpoint.password,
            "database": endpoint.database,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

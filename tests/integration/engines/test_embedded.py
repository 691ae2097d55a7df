from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.engines import (
    DataFormatError,
    EmbeddedEngine,
    EngineOptions,
    EngineStartError,
    EngineUnresponsiveError,
    ServerLock,
    ServerRunningError,
    embedded,
)
from graph.engines.folder import EngineFolder
from graph.engines.locks import FileLock
from tests.engines.driver import driver_to

if TYPE_CHECKING:
    from typing import LiteralString

    from neo4j import AsyncDriver

    from graph.engines import Endpoint

OPTIONS = EngineOptions(heap_mb=256)
ROOT = Path(__file__).resolve().parents[3]


async def value(
    driver: AsyncDriver, endpoint: Endpoint, query: LiteralString, **parameters: Any
) -> Any:
    """Return the only value of a query, run as a managed transaction."""
    answer = await driver.execute_query(query, parameters, database_=endpoint.database)
    return answer.records[0][0]


def engine_pid(data: Path) -> int:
    """Return the process of a running engine."""
    state = EngineFolder(data).state()
    assert state is not None
    return state.pid


def command_line(pid: int) -> str:
    """Return what every user of the machine sees of a process."""
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")


async def gone(data: Path, seconds: float = 15.0) -> bool:
    """Say whether the folder's engine ends within the time."""
    deadline = time.monotonic() + seconds
    lock = FileLock(EngineFolder(data).lock)
    while not lock.free():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


def user(data: Path) -> subprocess.Popen[str]:
    """Start a process that uses the engine until its input ends, and says when it can."""
    script = """
        import asyncio, sys
        from pathlib import Path
        from graph.engines import EngineOptions, embedded

        async def main():
            async with embedded(Path(sys.argv[1]), EngineOptions(heap_mb=256)) as endpoint:
                print(endpoint.uri, flush=True)
                await asyncio.to_thread(sys.stdin.read)

        asyncio.run(main())
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter.
        [sys.executable, "-c", textwrap.dedent(script), str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


async def said(process: subprocess.Popen[str]) -> str:
    """Return the next line a process prints."""
    assert process.stdout is not None
    return (await asyncio.to_thread(process.stdout.readline)).strip()


async def test_racing_users_share_one_engine_that_outlives_its_starter(tmp_path: Path) -> None:
    """Whoever starts the engine, it stays for the others, and leaves with the last of them."""
    with user(tmp_path) as first, user(tmp_path) as second:
        addresses = {await said(first), await said(second)}
        assert len(addresses) == 1
        pid = engine_pid(tmp_path)
        for one in (first, second):
            # Both had the chance to be the starter; each is taken away in turn.
            async with embedded(tmp_path, OPTIONS) as endpoint, driver_to(endpoint) as driver:
                assert {endpoint.uri} == addresses
                one.send_signal(signal.SIGKILL)
                await asyncio.to_thread(one.wait)
                await asyncio.sleep(0.6)
                assert await value(driver, endpoint, "RETURN 7") == 7
                assert engine_pid(tmp_path) == pid
                if one is second:
                    break
    assert await gone(tmp_path)


async def test_a_killed_user_leaves_no_orphan(tmp_path: Path) -> None:
    """A user that is killed outright takes the engine that only it needed with it."""
    with user(tmp_path) as only:
        assert (await said(only)).startswith("bolt://127.0.0.1:")
        assert not FileLock(EngineFolder(tmp_path).lock).free()
        only.kill()
    assert await gone(tmp_path)


async def test_ctrl_c_in_the_terminal_does_not_reach_the_engine(tmp_path: Path) -> None:
    """The engine has a session of its own, so that its users stop before it."""
    async with embedded(tmp_path, OPTIONS):
        assert os.getsid(engine_pid(tmp_path)) != os.getsid(0)


async def test_killed_engine_comes_back_with_every_acknowledged_write(tmp_path: Path) -> None:
    """A kill -9 between commits loses nothing; address, password and open driver go on."""
    async with (
        embedded(tmp_path, OPTIONS, supervised=True) as endpoint,
        driver_to(endpoint) as driver,
    ):
        await value(driver, endpoint, "CREATE (n:Artist {id: 'start'}) RETURN n.id")
        acknowledged: list[int] = []

        async def write() -> None:
            for number in range(100_000):
                await value(driver, endpoint, "CREATE (n:Artist {n: $n}) RETURN n.n", n=number)
                acknowledged.append(number)

        for _ in range(2):
            writing = asyncio.create_task(write())
            await asyncio.sleep(0.5)
            os.kill(engine_pid(tmp_path), signal.SIGKILL)
            await asyncio.sleep(0)
            writing.cancel()
            with pytest.raises(asyncio.CancelledError):
                await writing
            killed = time.monotonic()
            kept = set(
                await value(driver, endpoint, "MATCH (n:Artist) RETURN collect(DISTINCT n.n)")
            )
            assert time.monotonic() - killed < 30
            assert acknowledged
            assert kept.issuperset(acknowledged)
    assert await gone(tmp_path)


async def test_restart_after_a_clean_stop_finds_the_data_and_the_same_password(
    tmp_path: Path,
) -> None:
    """A stop with the last user keeps the graph, the password and nothing announced."""
    async with embedded(tmp_path, OPTIONS) as before, driver_to(before) as driver:
        await value(driver, before, "CREATE (n:Artist {id: 'kept', searchText: 'bjork'}) RETURN 1")
        secret = tmp_path / "engine" / "password"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
        assert before.password not in repr(before)
        state = json.loads((tmp_path / "engine" / "state.json").read_text())
        assert before.password not in json.dumps(state)
        assert before.password not in command_line(engine_pid(tmp_path))
    assert EngineFolder(tmp_path).state() is None
    async with embedded(tmp_path, OPTIONS) as after, driver_to(after) as driver:
        assert after.password == before.password
        found = "CALL db.index.fulltext.queryNodes('Artist[searchText]', $text) YIELD node "
        assert await value(driver, after, found + "RETURN collect(node.id)", text="bjork") == [
            "kept"
        ]


async def test_statement_that_runs_too_long_is_ended_on_the_engine(tmp_path: Path) -> None:
    """A runaway statement costs its caller an error, not the engine a core for ever."""
    options = EngineOptions(heap_mb=256, statement_seconds=0.5)
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 "
        "RETURN count(*)"
    )
    async with embedded(tmp_path, options) as endpoint, driver_to(endpoint) as driver:
        with pytest.raises(Exception, match="TransactionTimedOut"):
            await value(driver, endpoint, endless)


def test_newer_format_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    """Data of a newer version is left alone, and the message says what to do."""
    folder = EngineFolder(tmp_path)
    folder.prepare()
    (folder.root / "format").write_text("2\n")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DataFormatError, match="Upgrade content-graph"):
        asyncio.run(EmbeddedEngine(tmp_path, OPTIONS).open())
    assert sorted(tmp_path.rglob("*")) == before


async def test_engine_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """A folder whose engine hangs gives an error that names the process to stop."""
    folder = EngineFolder(tmp_path)
    folder.prepare()
    hanging = FileLock(folder.lock)
    assert hanging.take()
    hanging.note("4711")
    try:
        with pytest.raises(EngineUnresponsiveError, match="process 4711"):
            async with embedded(tmp_path, EngineOptions(start_seconds=0.3)):
                pytest.fail("It was opened.")
    finally:
        hanging.release()


async def test_engine_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The reason stands in the message, not only in a log."""
    with pytest.raises(EngineStartError, match="The engine ended while starting"):
        async with embedded(tmp_path, EngineOptions(heap_mb=1)):
            pytest.fail("It was opened.")


def test_second_server_over_a_folder_is_refused(tmp_path: Path) -> None:
    """Two servers never fight over one folder; when the first is gone, the next may come."""
    second = ServerLock(tmp_path)
    with (
        ServerLock(tmp_path),
        pytest.raises(ServerRunningError, match=f"process {os.getpid()}"),
    ):
        second.__enter__()
    with ServerLock(tmp_path):
        pass

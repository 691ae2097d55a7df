"""The embedded engine's own process: ``python -m graph.engines.embedded_child DATA``.

It answers Bolt on loopback for as long as somebody holds the folder's users lock, then stops
cleanly. Nothing else in this program loads the Java runtime.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from graph.engines.embedded_schema import STATEMENTS
from graph.engines.folder import DATABASE, LOOPBACK, EngineFolder
from graph.engines.locks import FileLock

# How often the users lock is looked at, and how long nobody must hold it before the engine stops.
_LOOK_SECONDS: Final = 0.1
_GRACE_SECONDS: Final = 0.3
# How long a predecessor that is still stopping may keep the folder.
_PREDECESSOR_SECONDS: Final = 30.0

# The engine's own limit is twice the cores: four slow statements would then hold up all others.
_CONCURRENT_STATEMENTS: Final = 64

_LOGGING: Final = """\
handlers = java.util.logging.FileHandler
.level = WARNING
java.util.logging.FileHandler.level = WARNING
java.util.logging.FileHandler.pattern = {log}/engine.%g.log
java.util.logging.FileHandler.limit = 5000000
java.util.logging.FileHandler.count = 3
java.util.logging.FileHandler.append = true
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
"""


class Exit(IntEnum):
    """Why the engine's process ended, for the one that started it."""

    CLEAN = 0
    FAILED = 1
    FOLDER_HELD = 3
    PORT_TAKEN = 4


def main() -> int:
    """Run the engine of one data folder until nobody needs it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--heap-mb", type=int, required=True)
    parser.add_argument("--wal-flush", type=int, required=True)
    parser.add_argument("--statement-ms", type=int, required=True)
    options = parser.parse_args()

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stopping.set())

    folder = EngineFolder(options.data)
    folder.prepare()
    lock = FileLock(folder.lock)
    if not _take(lock, _PREDECESSOR_SECONDS):
        return Exit.FOLDER_HELD
    lock.note(str(os.getpid()))
    # Whatever an engine that was killed announced is no longer true.
    folder.withdraw()

    port = options.port or free_port()
    if not _bindable(port):
        return Exit.PORT_TAKEN
    settings: dict[str, int | str] = {
        "txWalFlush": options.wal_flush,
        "command.timeout": options.statement_ms,
        "queryMaxConcurrent": _CONCURRENT_STATEMENTS,
        # Otherwise concurrent MERGEs of one relationship do not conflict, and make several.
        "graph.edgeAppendMerge": "false",
        # Half a second of every start, for languages and figures that nobody here asks for.
        "polyglotEngineEnabled": "false",
        "server.metrics": "false",
    }
    server = _start(folder, port, options.heap_mb, settings)
    try:
        database = server.create_database(DATABASE)
        for statement in STATEMENTS:
            database.command("sql", statement)
        folder.announce(port)
        users = _wait_until_unused(folder, stopping)
        folder.withdraw()
        users.release()
    finally:
        server.stop()
    return Exit.CLEAN


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        # As the engine does: connections of a killed predecessor may linger in TIME_WAIT.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _take(lock: FileLock, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not lock.take():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _start(folder: EngineFolder, port: int, heap_mb: int, settings: dict[str, int | str]) -> Any:
    """Load the Java runtime into this process and start the engine's server in it."""
    # The engine writes some files relative to where it runs.
    os.chdir(folder.root)
    logging = folder.log / "logging.properties"
    logging.write_text(_LOGGING.format(log=folder.log), encoding="utf-8")
    # The password file rules: the engine would otherwise keep the first one it was ever given.
    (folder.root / "config" / "server-users.jsonl").unlink(missing_ok=True)

    import arcadedb_embedded  # noqa: PLC0415 - only after the folder is ours: it costs a second.
    from arcadedb_embedded.jvm import start_jvm  # noqa: PLC0415 - as above.

    start_jvm(
        heap_size=f"{heap_mb}m",
        jvm_args=[
            "-Xrs",  # Signals are Python's: the engine is stopped from one place.
            "-XX:+ExitOnOutOfMemoryError",  # A supervisor restarts it; a crippled one it cannot.
            f"-XX:ErrorFile={folder.log}/crash.log",
            f"-Djava.util.logging.config.file={logging}",
            # Not as the server's configuration below: its databases do not take theirs from it.
            *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        ],
    )
    server = arcadedb_embedded.create_server(
        str(folder.root),
        root_password=folder.password(),
        config={
            "mode": "production",
            "host": LOOPBACK,
            # The engine cannot run without its HTTP listener.
            "http_port": free_port(),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "bolt_defaultDatabase": DATABASE,
        },
    )
    server.start()
    return server


def _wait_until_unused(folder: EngineFolder, stopping: threading.Event) -> FileLock:
    """Return, holding the users lock, when nobody needs the engine or it is told to stop.

    Holding it while the announcement is taken back keeps a newcomer from relying on an engine that
    is about to leave.
    """
    users = FileLock(folder.users)
    unused_since: float | None = None
    while not stopping.wait(_LOOK_SECONDS):
        if not users.take():
            unused_since = None
            continue
        now = time.monotonic()
        unused_since = unused_since or now
        if now - unused_since >= _GRACE_SECONDS:
            return users
        users.release()
    return users


if __name__ == "__main__":
    code = Exit.FAILED
    try:
        code = Exit(main())
    except BaseException as error:
        # The starter shows the last line of this log.
        with suppress(OSError):
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - its only channel.
        raise
    finally:
        sys.stderr.flush()
        # The Java runtime's threads must not outlive a decision to end.
        os._exit(code)

"""What the embedded engine keeps in a data folder, and how its processes find each other.

``<data>/engine/`` holds:

- ``lock``: held exclusively by the engine's process as long as it lives;
- ``users``: held shared by every process that needs the engine;
- ``starting``: held exclusively by the one that starts it;
- ``state.json``: how to reach the engine, written when it answers;
- ``password``, ``format``, ``log/``, and the engine's own files.

Liveness is only ever read from the locks: a process number may be somebody else's by now.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from graph.engines.endpoint import Dialect, Endpoint
from graph.engines.errors import DataFormatError
from graph.engines.locks import folder_errors

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1
DATABASE: Final = "content_graph"
USER: Final = "root"
LOOPBACK: Final = "127.0.0.1"
LAST_PORT: Final = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineState:
    """What a running engine tells about itself."""

    pid: int
    port: int
    format: int
    password_file: str


class EngineFolder:
    """The paths of one data folder's engine, and the small files in it."""

    def __init__(self, data: Path) -> None:
        self.data = data.absolute()
        self.root = self.data / "engine"
        self.lock = self.root / "lock"
        self.users = self.root / "users"
        self.starting = self.root / "starting"
        self.log = self.root / "log"
        self.process_log = self.log / "process.log"
        self._state = self.root / "state.json"
        self._password = self.root / "password"
        self._format = self.root / "format"

    @property
    def used(self) -> bool:
        """Whether there has been an engine in it."""
        return self._format.exists()

    def prepare(self) -> None:
        """Create what is missing; refuse a folder of a newer format."""
        with folder_errors(self.data):
            self.data.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
            self.log.mkdir(exist_ok=True)
            self._check_format()

    def _check_format(self) -> None:
        try:
            text = self._format.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            _write(self._format, f"{FORMAT}\n".encode())
            return
        if not text.isdecimal() or int(text) > FORMAT:
            raise DataFormatError(
                f"The data folder {self.data} has format {text[:20]!r}; this version knows up to "
                f"{FORMAT}. Upgrade content-graph, or choose another data folder."
            )

    def password(self) -> str:
        """Return the engine's password, made once and readable by its owner only."""
        try:
            return self._password.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            _write(self._password, secrets.token_urlsafe(32).encode())
            return self._password.read_text(encoding="utf-8").strip()

    def state(self) -> EngineState | None:
        """Return what the last engine told, or None; whether it lives, its lock says."""
        try:
            told: dict[str, Any] = orjson.loads(self._state.read_bytes())
            state = EngineState(**told)
        except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
            return None
        # A damaged file tells nothing; its port would keep every later engine from starting.
        port = told["port"]
        known = isinstance(port, int) and 0 < port <= LAST_PORT
        return state if known else None

    def announce(self, port: int) -> None:
        """Tell every user how to reach the engine of this process."""
        state = EngineState(
            pid=os.getpid(), port=port, format=FORMAT, password_file=str(self._password)
        )
        _write(self._state, orjson.dumps(asdict(state), option=orjson.OPT_APPEND_NEWLINE))

    def withdraw(self) -> None:
        """Take the announcement back, before stopping."""
        self._state.unlink(missing_ok=True)

    def endpoint(self, port: int) -> Endpoint:
        """Return the endpoint of an engine of this folder on that port."""
        return Endpoint(
            uri=f"bolt://{LOOPBACK}:{port}",
            user=USER,
            password=self.password(),
            database=DATABASE,
            dialect=Dialect.EMBEDDED,
            folder=str(self.data),
        )


def _write(path: Path, content: bytes) -> None:
    """Replace a file at once, for its owner only: nobody reads half of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)

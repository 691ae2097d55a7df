"""What a message's references stand for, kept beside memory: a message may be larger than that.

A first reading notes who and what each reference names, and a second says what is said of them: in a
message everything may refer to everything. The notes stand in a private file that goes with them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ingest.ern.names import Party
from standards.identifiers import Scheme

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE party (reference TEXT PRIMARY KEY, party TEXT) WITHOUT ROWID;
CREATE TABLE resource (reference TEXT PRIMARY KEY, key TEXT, title TEXT, length INT) WITHOUT ROWID;
CREATE TABLE release (
  reference TEXT PRIMARY KEY, key TEXT, place INT, main INT, track INT
) WITHOUT ROWID;
CREATE TABLE content (
  release TEXT, resource TEXT, PRIMARY KEY (release, resource)
) WITHOUT ROWID;
CREATE INDEX content_of ON content (resource);
CREATE TABLE dealt (reference TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# Where a resource is at home: on the first release that is none of a single track.
_HOME: Final = """
SELECT release.key FROM content JOIN release ON release.reference = content.release
WHERE content.resource = ? AND NOT release.track AND release.key IS NOT NULL
ORDER BY release.main DESC, release.place LIMIT 1
"""
_MAIN: Final = """
SELECT key FROM release WHERE NOT track AND key IS NOT NULL ORDER BY main DESC, place LIMIT 1
"""
# Of a release's recordings those that no deal on a release of a single track speaks of.
_COVERED: Final = """
SELECT resource.key FROM content JOIN resource ON resource.reference = content.resource
WHERE content.release = ? AND resource.key IS NOT NULL
AND NOT EXISTS (
  SELECT 1 FROM content apart
  JOIN release track ON track.reference = apart.release AND track.track
  JOIN dealt ON dealt.reference = track.reference
  WHERE apart.resource = content.resource)
ORDER BY resource.reference
"""
_CONTENT: Final = """
SELECT resource.key FROM content JOIN resource ON resource.reference = content.resource
WHERE content.release = ? AND resource.key IS NOT NULL ORDER BY resource.reference
"""
_DEALT: Final = """
SELECT 1 FROM release JOIN dealt ON dealt.reference = release.reference
WHERE release.key = ?1 AND NOT release.track
UNION ALL
SELECT 1 FROM release JOIN content ON content.release = release.reference
JOIN content apart ON apart.resource = content.resource
JOIN release track ON track.reference = apart.release AND track.track
JOIN dealt ON dealt.reference = track.reference
WHERE release.key = ?1 AND NOT release.track
LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A sound recording, by its key; one without is another kind of resource, or was refused."""

    key: str | None
    title: str | None
    length_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release, by its key: `track` ones stand for their one recording, used apart."""

    key: str | None
    track: bool


class References:
    """The references of one message."""

    def __init__(self) -> None:
        # A database without a name is a file of its own that nobody else sees, and small caches.
        self._notes = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._notes.executescript(_TABLES)
        self._notes.execute("BEGIN")
        self._releases = 0

    def close(self) -> None:
        """Let the notes go."""
        self._notes.close()

    def add_party(self, reference: str, party: Party) -> None:
        """Note a party."""
        said = json.dumps([party.name, list(party.identifiers)])
        self._notes.execute("INSERT OR REPLACE INTO party VALUES (?, ?)", (reference, said))

    def add_resource(self, reference: str, resource: Resource) -> None:
        """Note a resource."""
        self._notes.execute(
            "INSERT OR REPLACE INTO resource VALUES (?, ?, ?, ?)",
            (reference, resource.key, resource.title, resource.length_ms),
        )

    def add_release(
        self, reference: str, release: Release, contents: Iterable[str], *, main: bool
    ) -> None:
        """Note a release and the resources on it."""
        self._releases += 1
        self._notes.execute(
            "INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?, ?)",
            (reference, release.key, self._releases, main, release.track),
        )
        self._notes.executemany(
            "INSERT OR IGNORE INTO content VALUES (?, ?)",
            ((reference, resource) for resource in contents),
        )

    def add_dealt(self, reference: str) -> None:
        """Note that a deal speaks of a release."""
        self._notes.execute("INSERT OR IGNORE INTO dealt VALUES (?)", (reference,))

    def party(self, reference: str) -> Party | None:
        """Return a party, or None where nothing has the reference."""
        row = self._one("SELECT party FROM party WHERE reference = ?", reference)
        if row is None:
            return None
        name, identifiers = json.loads(row[0])
        return Party(name=name, identifiers=[(Scheme(scheme), raw) for scheme, raw in identifiers])

    def resource(self, reference: str) -> Resource | None:
        """Return a resource, or None where nothing has the reference."""
        row = self._one("SELECT key, title, length FROM resource WHERE reference = ?", reference)
        return row and Resource(key=row[0], title=row[1], length_ms=row[2])

    def release(self, reference: str) -> Release | None:
        """Return a release, or None where nothing has the reference."""
        row = self._one("SELECT key, track FROM release WHERE reference = ?", reference)
        return row and Release(key=row[0], track=bool(row[1]))

    def home(self, resource: str) -> str | None:
        """Return the key of the release that a resource is on; the message's main one where on none."""
        row = self._one(_HOME, resource) or self._notes.execute(_MAIN).fetchone()
        return row and row[0]

    def home_of_track(self, reference: str) -> str | None:
        """Return the key of the release that a track's release belongs to."""
        row = self._one("SELECT resource FROM content WHERE release = ? LIMIT 1", reference)
        return self.home(row[0] if row else "")

    def contents(self, reference: str) -> Iterator[str]:
        """Yield the keys of the recordings on a release."""
        return (key for (key,) in self._notes.execute(_CONTENT, (reference,)))

    def covered(self, reference: str) -> Iterator[str]:
        """Yield the keys of the recordings that a release's own deals are about, too."""
        return (key for (key,) in self._notes.execute(_COVERED, (reference,)))

    def is_dealt(self, key: str) -> bool:
        """Say whether any deal speaks of a release, or of one of its tracks."""
        return self._one(_DEALT, key) is not None

    def _one(self, query: str, *values: str) -> Any:
        return self._notes.execute(query, values).fetchone()

"""What the embedded engine must be told in its own language: Bolt has no statement for it.

Every statement may run again: the engine's process runs all of them at each start.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    "CREATE VERTEX TYPE Artist IF NOT EXISTS",
    "CREATE PROPERTY Artist.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Artist (searchText) FULL_TEXT",
    "CREATE VERTEX TYPE Recording IF NOT EXISTS",
    "CREATE PROPERTY Recording.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Recording (searchText) FULL_TEXT",
    "CREATE VERTEX TYPE Work IF NOT EXISTS",
    "CREATE PROPERTY Work.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Work (searchText) FULL_TEXT",
    "CREATE VERTEX TYPE Release IF NOT EXISTS",
    "CREATE PROPERTY Release.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Release (searchText) FULL_TEXT",
    "CREATE VERTEX TYPE Label IF NOT EXISTS",
    "CREATE PROPERTY Label.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Label (searchText) FULL_TEXT",
    "CREATE VERTEX TYPE Party IF NOT EXISTS",
    "CREATE PROPERTY Party.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Party (searchText) FULL_TEXT",
)

"""What the embedded engine must be told in its own language: Bolt has no statement for it.

Every statement may run again: the engine's process runs all of them at each start. A list is ordered
by an index only where its properties are declared, and no shorter index stands beside it.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    "CREATE VERTEX TYPE Artist IF NOT EXISTS",
    "CREATE PROPERTY Artist.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Artist (searchText) FULL_TEXT",
    "CREATE PROPERTY Artist.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Artist.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Artist (sortKey, id) NOTUNIQUE",
    "DROP INDEX artist_sort IF EXISTS",
    "CREATE VERTEX TYPE Recording IF NOT EXISTS",
    "CREATE PROPERTY Recording.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Recording (searchText) FULL_TEXT",
    "CREATE PROPERTY Recording.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Recording.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Recording (sortKey, id) NOTUNIQUE",
    "DROP INDEX recording_sort IF EXISTS",
    "CREATE VERTEX TYPE Work IF NOT EXISTS",
    "CREATE PROPERTY Work.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Work (searchText) FULL_TEXT",
    "CREATE PROPERTY Work.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Work.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Work (sortKey, id) NOTUNIQUE",
    "DROP INDEX work_sort IF EXISTS",
    "CREATE VERTEX TYPE Release IF NOT EXISTS",
    "CREATE PROPERTY Release.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Release (searchText) FULL_TEXT",
    "CREATE PROPERTY Release.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Release.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Release (sortKey, id) NOTUNIQUE",
    "DROP INDEX release_sort IF EXISTS",
    "CREATE VERTEX TYPE Label IF NOT EXISTS",
    "CREATE PROPERTY Label.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Label (searchText) FULL_TEXT",
    "CREATE PROPERTY Label.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Label.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Label (sortKey, id) NOTUNIQUE",
    "DROP INDEX label_sort IF EXISTS",
    "CREATE VERTEX TYPE Party IF NOT EXISTS",
    "CREATE PROPERTY Party.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Party (searchText) FULL_TEXT",
    "CREATE PROPERTY Party.id IF NOT EXISTS STRING",
    "CREATE PROPERTY Party.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Party (sortKey, id) NOTUNIQUE",
    "DROP INDEX party_sort IF EXISTS",
)

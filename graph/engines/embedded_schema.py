"""What the embedded engine must be told in its own language: Bolt has no statement for it.

Every statement may run again: the engine's process runs all of them at each start.
"""

from __future__ import annotations

from typing import Final

SEARCHED: Final = ("Artist", "Recording", "Work", "Release", "Label", "Party")
"""The labels with a full text."""

ORDERED: Final = ("Artist", "Recording", "Work", "Release", "Label", "Party")
"""The labels whose lists take their order by name from an index.

That needs declared properties, and no shorter index beside the one: the engine would take that.
"""

_SEARCH: Final = (
    "CREATE VERTEX TYPE {label} IF NOT EXISTS",
    "CREATE PROPERTY {label}.searchText IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON {label} (searchText) FULL_TEXT",
)
_ORDER: Final = (
    "CREATE VERTEX TYPE {label} IF NOT EXISTS",
    "CREATE PROPERTY {label}.id IF NOT EXISTS STRING",
    "CREATE PROPERTY {label}.sortKey IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON {label} (sortKey, id) NOTUNIQUE",
    "DROP INDEX {name}_sort IF EXISTS",
)

_FEED: Final = (
    "CREATE VERTEX TYPE Change IF NOT EXISTS",
    "CREATE PROPERTY Change.sequence IF NOT EXISTS LONG",
    "CREATE INDEX IF NOT EXISTS ON Change (sequence) UNIQUE",
)
"""Changes take their order from an index, too."""

STATEMENTS: Final = (
    *(
        text.format(label=label, name=label.lower())
        for labels, texts in ((SEARCHED, _SEARCH), (ORDERED, _ORDER))
        for label in labels
        for text in texts
    ),
    *_FEED,
)

"""Lists of records in time: those in force on a day, and those that stood at an instant, told as they stood.

`resolvers.standing` says the same of records that are read already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, LiteralString

from graph.columns import Columns

# In which status a record stood, whatever has become of it.
_STOOD_AS: Final[LiteralString] = """CASE
  WHEN {each}.status IN ['ASSERTED', 'DISPUTED'] THEN {each}.status
  ELSE coalesce({each}.stoodAs, 'ASSERTED') END"""
# One that ended nobody knows when stood at no instant.
_STOOD: Final[LiteralString] = """({each}.recordedAt <= datetime($known_at) AND CASE
  WHEN {each}.recordedTo IS NULL THEN {each}.status IN ['ASSERTED', 'DISPUTED']
  ELSE {each}.recordedTo > datetime($known_at) END)"""
_FILTERS: Final[Mapping[str, LiteralString]] = {
    "status": "{each}.status = $status",
    "status_then": _STOOD_AS + " = $status_then",
    "at": "coalesce({each}.validFrom, '') <= $at AND coalesce({each}.validTo, '~') > $at",
    "known_at": _STOOD,
}


def in_time(row: Columns) -> dict[str, LiteralString]:
    """Return the filters of records by status, day and instant; `status_then` goes with `known_at`."""
    return {name: text.replace("{each}", row.subject) for name, text in _FILTERS.items()}


def as_stood(row: Columns) -> Columns:
    """Return the columns of records of the past: in the status that each stood in, and not yet ended."""
    columns: dict[str, LiteralString] = dict(row)
    columns["status"] = _STOOD_AS.replace("{each}", row.subject)
    columns["recorded_to"] = columns["stood_as"] = "null"
    return Columns(row.subject, **columns)

"""What was known when: a record as it stood at an instant (docs/graph.md, "Time")."""

from datetime import date, datetime
from typing import TypeVar

from graph.ownership import LIVE
from graph.rights import AgreementRow, ClaimRow
from graph.times import instant
from resolvers.cells import in_utc

Record = TypeVar("Record", ClaimRow, AgreementRow)


def in_time(
    status: str | None, at: date | None, known_at: datetime | None
) -> dict[str, str | None]:
    """Return the filters of a list of records: in a status, in force on a day, as they stood at an instant.

    A status is the one that a record stood in then.
    """
    known = in_utc(known_at)
    return {
        "status" if known is None else "status_then": status,
        "at": at.isoformat() if at else None,
        "known_at": known.isoformat() if known else None,
    }


def as_known(record: Record, known_at: datetime) -> Record | None:
    """Return a record as it stood at an instant, or None where it was not in yet, or had ended.

    One that ended later is told as it was: in the status that it stood in, and not yet ended.
    """
    if instant(record.recorded_at) > known_at:
        return None
    if record.recorded_to is None:
        return record if record.status in LIVE else None
    if instant(record.recorded_to) <= known_at:
        return None
    status = record.status if record.status in LIVE else record.stood_as or "ASSERTED"
    return record._replace(status=status, recorded_to=None, stood_as=None)

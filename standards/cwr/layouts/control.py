"""The records about a file and its groups, and what is answered to a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import LEVELS, STATUSES, TRANSACTIONS
from standards.cwr.fields import Table, code, day, number, since, text, time
from standards.cwr.records import Version

GROUP: Final[Table] = (
    code("transaction_type", 4, 3, TRANSACTIONS, required=True),
    number("group", 7, 5, required=True),
    text("version", 12, 5, required=True),
    number("batch", 17, 10),
)
TOTALS: Final[Table] = (
    number("groups", 4, 5, required=True),
    number("transactions", 9, 8, required=True),
    number("records", 17, 8, required=True),
)
GROUP_TOTALS: Final[Table] = (*TOTALS, text("currency", 25, 3), number("amount", 28, 10))
MESSAGE: Final[Table] = (
    code("level_rejected", 20, 1, LEVELS, required=True),
    number("original_sequence", 21, 8),
    text("original_record", 29, 3),
    code("level", 32, 1, LEVELS),
    text("validation", 33, 3),
    text("message", 36, 150, required=True),
)

CONTROLS: Final[Mapping[str, Table]] = {
    "HDR": (
        text("sender_type", 4, 2, required=True),
        text("sender", 6, 9, required=True),
        text("sender_name", 15, 45, required=True),
        text("standard", 60, 5, required=True),
        day("created", 65, required=True),
        time("created_time", 73),
        day("transmitted", 79),
        text("character_set", 87, 15),
        *since(
            Version.V22,
            text("version", 102, 3),
            number("revision", 105, 3),
            text("software", 108, 30),
            text("software_version", 138, 30),
        ),
    ),
    "GRH": GROUP,
    "GRT": GROUP_TOTALS,
    "TRL": TOTALS,
    "ACK": (
        day("original_created", 20),
        time("original_time", 28),
        number("original_group", 34, 5),
        number("original_transaction", 39, 8),
        text("original_type", 47, 3, required=True),
        text("title", 50, 60),
        text("number", 110, 20),
        text("recipient_number", 130, 20),
        day("processed", 150),
        code("status", 158, 2, STATUSES, required=True),
    ),
    "MSG": MESSAGE,
}

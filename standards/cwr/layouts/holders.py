"""The records about publishers and writers: their shares, and where they collect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import AGREEMENT_TYPES, INCLUSIONS, PUBLISHER_ROLES, WRITER_ROLES
from standards.cwr.fields import Table, code, flag, named, number, share, since, text
from standards.cwr.records import Version

_PUBLISHER: Final[Table] = (
    number("chain", 20, 2, required=True),
    text("ip", 22, 9, required=True),
    text("name", 31, 45, required=True),
    flag("unknown", 76),
    code("role", 77, 2, PUBLISHER_ROLES, required=True),
    text("tax", 79, 9),
    text("ipi_name", 88, 11),
    text("agreement", 99, 14),
    text("pr_society", 113, 3),
    share("pr_share", 116),
    text("mr_society", 121, 3),
    share("mr_share", 124),
    text("sr_society", 129, 3),
    share("sr_share", 132),
    text("special_agreements", 137, 1),
    flag("recording_refusal", 138),
    text("ipi_base", 140, 13),
    text("isac", 153, 14),
    text("society_agreement", 167, 14),
    code("agreement_type", 181, 2, AGREEMENT_TYPES),
    text("usa_licence", 183, 1),
)
_WRITER: Final[Table] = (
    text("ip", 20, 9, required=True),
    text("name", 29, 45, required=True),
    text("first_name", 74, 30),
    flag("unknown", 104),
    code("role", 105, 2, WRITER_ROLES, required=True),
    text("tax", 107, 9),
    text("ipi_name", 116, 11),
    text("pr_society", 127, 3),
    share("pr_share", 130),
    text("mr_society", 135, 3),
    share("mr_share", 138),
    text("sr_society", 143, 3),
    share("sr_share", 146),
    flag("reversionary", 151),
    flag("recording_refusal", 152),
    flag("for_hire", 153),
    text("ipi_base", 155, 13),
    text("personal_number", 168, 12),
    text("usa_licence", 180, 1),
)
_PUBLISHER_TERRITORY: Final[Table] = (
    text("ip", 20, 9),
    share("pr_share", 35),
    share("mr_share", 40),
    share("sr_share", 45),
    code("inclusion", 50, 1, INCLUSIONS, required=True),
    number("territory", 51, 4, required=True),
    flag("shares_change", 55),
    number("territory_sequence", 56, 3),
)
_WRITER_TERRITORY: Final[Table] = (
    text("ip", 20, 9),
    share("pr_share", 29),
    share("mr_share", 34),
    share("sr_share", 39),
    code("inclusion", 44, 1, INCLUSIONS, required=True),
    number("territory", 45, 4, required=True),
    flag("shares_change", 49),
    number("territory_sequence", 50, 3),
)
_NOT_CONTROLLED: Final = {"ip": False, "name": False, "role": False}

HOLDERS: Final[Mapping[str, Table]] = {
    "SPU": _PUBLISHER,
    "OPU": named(_PUBLISHER, **_NOT_CONTROLLED),
    "SPT": _PUBLISHER_TERRITORY,
    "OPT": _PUBLISHER_TERRITORY,
    "SWR": _WRITER,
    "OWR": named(_WRITER, **_NOT_CONTROLLED),
    "SWT": _WRITER_TERRITORY,
    "OWT": _WRITER_TERRITORY,
    "PWR": (
        text("publisher", 20, 9),
        text("publisher_name", 29, 45),
        text("agreement", 74, 14),
        text("society_agreement", 88, 14),
        text("writer", 102, 9),
        *since(Version.V22, number("chain", 111, 2)),
    ),
}

"""The records of an agreement: its terms, where it holds, and between whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import AGREEMENT_ROLES, AGREEMENT_TYPES, DATE_STATUSES, INCLUSIONS
from standards.cwr.fields import Table, code, day, flag, number, share, text

AGREEMENTS: Final[Mapping[str, Table]] = {
    "AGR": (
        text("number", 20, 14, required=True),
        text("isac", 34, 14),
        code("agreement_type", 48, 2, AGREEMENT_TYPES, required=True),
        day("start", 50, required=True),
        day("end", 58),
        day("retention_end", 66),
        code("prior_royalty", 74, 1, DATE_STATUSES, required=True),
        day("prior_royalty_start", 75),
        code("post_term", 83, 1, DATE_STATUSES, required=True),
        day("post_term_end", 84),
        day("signed", 92),
        number("works", 100, 5, required=True),
        text("clause", 105, 1),
        flag("shares_change", 106),
        flag("advance", 107),
        text("society_agreement", 108, 14),
    ),
    "TER": (
        code("inclusion", 20, 1, INCLUSIONS, required=True),
        number("territory", 21, 4, required=True),
    ),
    "IPA": (
        code("role", 20, 2, AGREEMENT_ROLES, required=True),
        text("ipi_name", 22, 11),
        text("ipi_base", 33, 13),
        text("ip", 46, 9, required=True),
        text("name", 55, 45, required=True),
        text("first_name", 100, 30),
        text("pr_society", 130, 3),
        share("pr_share", 133),
        text("mr_society", 138, 3),
        share("mr_share", 141),
        text("sr_society", 146, 3),
        share("sr_share", 149),
    ),
}

"""The records that repeat names and titles in other alphabets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import TITLES
from standards.cwr.fields import Table, code, number, text

_TITLE: Final[Table] = (text("title", 20, 640, required=True), text("language", 660, 2))
_PERSON: Final[Table] = (
    text("ip", 20, 9),
    text("name", 29, 160, required=True),
    text("first_name", 189, 160),
    text("language", 349, 2),
)

ALPHABETS: Final[Mapping[str, Table]] = {
    "NPA": _PERSON,
    "NWN": _PERSON,
    "NPN": (
        number("chain", 20, 2, required=True),
        text("ip", 22, 9, required=True),
        text("name", 31, 480, required=True),
        text("language", 511, 2),
    ),
    "NPR": (
        text("name", 20, 160),
        text("first_name", 180, 160),
        text("ipi_name", 340, 11),
        text("ipi_base", 351, 13),
        text("language", 364, 2),
        text("performance_language", 366, 2),
        text("performance_dialect", 368, 3),
    ),
    "NAT": (
        text("title", 20, 640, required=True),
        code("title_type", 660, 2, TITLES),
        text("language", 662, 2),
    ),
    "NET": _TITLE,
    "NCT": _TITLE,
    "NVT": _TITLE,
    "NOW": (
        text("name", 20, 160, required=True),
        text("first_name", 180, 160),
        text("language", 340, 2),
        text("position", 342, 1),
    ),
}

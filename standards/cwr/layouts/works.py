"""The records that begin a work's registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import (
    ARRANGEMENTS,
    CATEGORIES,
    COMPOSITES,
    EXCERPTS,
    LYRICS,
    TEXT_MUSIC,
    VERSIONS,
)
from standards.cwr.fields import Table, code, day, flag, named, number, text, time

BEGINNING: Final[Table] = (
    text("title", 20, 60, required=True),
    text("language", 80, 2),
    text("number", 82, 14, required=True),
    text("iswc", 96, 11),
    day("copyright_date", 107),
    text("copyright_number", 115, 12),
    code("category", 127, 3, CATEGORIES, required=True),
    time("duration", 130),
    flag("recorded", 136),
    code("text_music", 137, 3, TEXT_MUSIC),
    code("composite", 140, 3, COMPOSITES),
    code("version", 143, 3, VERSIONS, required=True),
    code("excerpt", 146, 3, EXCERPTS),
    code("arrangement", 149, 3, ARRANGEMENTS),
    code("adaptation", 152, 3, LYRICS),
)
_WORK: Final[Table] = (
    *BEGINNING,
    text("contact_name", 155, 30),
    text("contact", 185, 10),
    text("work_type", 195, 2),
    flag("grand_rights", 197),
    number("components", 198, 3),
    day("printed", 201),
    flag("exceptional_clause", 209),
    text("opus", 210, 25),
    text("catalogue", 235, 25),
    flag("priority", 260),
)
# What societies tell of works need not have come by CWR.
_TOLD: Final = named(_WORK, number=False, category=False, version=False)

WORK_HEADERS: Final[Mapping[str, Table]] = {
    "NWR": _WORK,
    "REV": _WORK,
    "ISW": _TOLD,
    "EXC": _TOLD,
}

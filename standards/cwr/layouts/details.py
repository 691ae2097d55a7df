"""The records about a work besides its holders: titles, origins, performers, recordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.codes import PURPOSES, RIGHTS, TITLES, XREFS
from standards.cwr.fields import Table, code, day, flag, number, since, text, time
from standards.cwr.records import Version

ALTERNATIVE: Final[Table] = (
    text("title", 20, 60, required=True),
    code("title_type", 80, 2, TITLES),
    text("language", 82, 2),
)
_ORIGINAL: Final[Table] = (
    text("title", 20, 60, required=True),
    text("iswc", 80, 11),
    text("language", 91, 2),
    text("name", 93, 45),
    text("first_name", 138, 30),
    text("source", 168, 60),
    text("ipi_name", 228, 11),
    text("ipi_base", 239, 13),
    text("second_name", 252, 45),
    text("second_first_name", 297, 30),
    text("second_ipi_name", 327, 11),
    text("second_ipi_base", 338, 13),
    text("number", 351, 14),
)

DETAILS: Final[Mapping[str, Table]] = {
    "ALT": ALTERNATIVE,
    "EWT": _ORIGINAL,
    "VER": _ORIGINAL,
    "PER": (
        text("name", 20, 45, required=True),
        text("first_name", 65, 30),
        text("ipi_name", 95, 11),
        text("ipi_base", 106, 13),
    ),
    "REC": (
        day("released", 20),
        time("duration", 88),
        text("album", 99, 60),
        text("album_label", 159, 60),
        text("catalogue", 219, 18),
        text("ean", 237, 13),
        text("isrc", 250, 12),
        text("format", 262, 1),
        text("technique", 263, 1),
        text("media", 264, 3),
        *since(
            Version.V22,
            text("title", 267, 60),
            text("version_title", 327, 60),
            text("artist", 387, 60),
            text("label", 447, 60),
            text("isrc_validity", 507, 20),
            text("recording", 527, 14),
        ),
    ),
    "ORN": (
        code("purpose", 20, 3, PURPOSES, required=True),
        text("production", 23, 60),
        text("cd", 83, 15),
        number("cut", 98, 4),
        text("library", 102, 60),
        text("use", 162, 1),
        text("production_number", 188, 12),
        text("episode", 200, 60),
        text("episode_number", 260, 20),
        number("year", 280, 4),
        text("avi_society", 284, 3),
        text("avi_number", 287, 15),
        *since(Version.V22, text("isan", 302, 26), text("eidr", 328, 21)),
    ),
    "INS": (
        number("voices", 20, 3),
        text("instrumentation", 23, 3),
        text("description", 26, 50),
    ),
    "IND": (text("instrument", 20, 3, required=True), number("players", 23, 3)),
    "COM": (
        text("title", 20, 60, required=True),
        text("iswc", 80, 11),
        text("number", 91, 14),
        time("duration", 105),
        text("name", 111, 45, required=True),
        text("first_name", 156, 30),
        text("ipi_name", 186, 11),
        text("second_name", 197, 45),
        text("second_first_name", 242, 30),
        text("second_ipi_name", 272, 11),
        text("ipi_base", 283, 13),
        text("second_ipi_base", 296, 13),
    ),
    "ARI": (
        text("society", 20, 3, required=True),
        text("number", 23, 14),
        code("right", 37, 3, RIGHTS, required=True),
        text("subject", 40, 2),
        text("note", 42, 160),
    ),
    "XRF": (
        text("organisation", 20, 3, required=True),
        text("identifier", 23, 14, required=True),
        code("identifier_type", 37, 1, XREFS, required=True),
        flag("validity", 38),
    ),
}

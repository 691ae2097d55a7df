"""Which characters a message is written in: CIS's ASCII, or what its header names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# What is named in no table is read as ISO 8859-1, which senders of ASCII fall back on.
DEFAULT: Final = "latin-1"
_CODECS: Final[Mapping[str, str]] = MappingProxyType(
    {"BIG5": "big5hkscs", "GB": "gb18030", "UTF8": "utf-8", "ASCII": "ascii"}
)
_NOT_WORD: Final = re.compile("[^0-9A-Z]")
_LETTERS: Final = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Ł": "L",
        "ẞ": "SS",
        "\u2019": "'",
    }
)


def codec(named: str | None) -> str | None:
    """Return the codec of a character set as headers name it; None for one that is not known."""
    if not named:
        return DEFAULT
    word = _NOT_WORD.sub("", named.upper())
    if word.startswith(("TRADITIONAL", "SIMPLIFIED")):
        word = "BIG5" if "BIG5" in word or word.startswith("T") else "GB"
    return _CODECS.get(word)


def plain(text: str) -> str:
    """Return text in capital ASCII letters, as CIS wants it; what has none becomes a question mark."""
    upper = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    bare = "".join(each for each in upper if not unicodedata.combining(each))
    return "".join(each if each.isascii() and each.isprintable() else "?" for each in bare)

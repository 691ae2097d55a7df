"""Text folded for search and for order: the same on every engine, because we fold it ourselves."""

# ruff: noqa: RUF001 - Letters that look like others are what this module is about.

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Latin letters that Unicode does not decompose, after case folding.
_LETTERS: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "a", "ɛ": "e", "ɔ": "o", "ɓ": "b",
        "ɖ": "d", "ɗ": "d", "ƒ": "f", "ɠ": "g", "ɨ": "i", "ɩ": "i", "ɲ": "n", "ŀ": "l",
        "ʉ": "u", "ʋ": "v", "ƴ": "y", "ƶ": "z", "ȼ": "c", "ɇ": "e", "ɉ": "j", "ɍ": "r",
        "ɏ": "y", "ƀ": "b", "ƈ": "c", "ƙ": "k", "ƚ": "l", "ƥ": "p", "ƭ": "t", "ǥ": "g",
        "ⱥ": "a", "ⱦ": "t", "ƿ": "w", "ȝ": "y", "ß": "ss", "ſ": "s",
    }
)  # fmt: skip

# Marks that searchers leave out: diacritics of Latin, Greek and Cyrillic, Hebrew points and
# Arabic vowels with the tatweel. Other scripts' marks are vowels and stay: to strip them from
# Hindi or Thai, or the voicing from Japanese, would make other words.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)

# Signs standing for letters in artists' names: Ke$ha, A$AP, $uicideboy$, P!nk.
_DOLLAR: Final = re.compile(r"\$(?=[a-z])|(?<=[a-z])\$")
_BANG: Final = re.compile(r"(?<=[a-z])!(?=[a-z])")

_SPACES: Final = re.compile(r" +")
_KEPT_CATEGORIES: Final = frozenset("LMN")
# Letter-like apostrophes and primes (Hawaiian, transliterations) are typed as quotes.
_LETTER_QUOTES: Final = frozenset(map(chr, (*range(0x2B0, 0x300), 0x374, 0x37A)))

_KEY_LENGTH: Final = 256
_LAST_ASCII: Final = "\x7f"


def fold(text: str) -> str:
    """Return text as searched: no case, accents or punctuation, single spaces, CJK kept.

    "Beyoncé" and "BEYONCE" fold alike, so do "Ke$ha" and "Kesha". A name of signs alone ("!!!")
    keeps its signs; only blank text folds to nothing. Folding twice changes nothing more.
    """
    bare = _bare(text)
    spelled = _BANG.sub("i", _DOLLAR.sub("s", bare))
    words = _squeeze("".join(c if _is_word(c) else " " for c in spelled))
    return words or _squeeze("".join(c if _is_visible(c) else " " for c in bare))


def sort_key(text: str) -> str:
    """Return the key that names are ordered by: ASCII only, so that every engine agrees.

    Python compares strings by code point, engines on Java by UTF-16 unit; ASCII is the same to
    both. Other scripts follow Latin, by code point. Long names share a key after 256 characters,
    so an order ends in the id.
    """
    key = "".join(c if c <= _LAST_ASCII else f"{{{ord(c):06x}" for c in fold(text))
    return key[:_KEY_LENGTH]


def _bare(text: str) -> str:
    previous = None
    # Case folding can yield decomposable text and the reverse, so repeat until nothing moves;
    # two rounds do for all but a few letters.
    while text != previous:
        previous = text
        text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        text = "".join(c for c in _MARKS.sub("", text) if unicodedata.category(c) != "Cf")
    # Recompose what was kept: Hangul syllables, voiced kana.
    return unicodedata.normalize("NFC", text)


def _is_word(character: str) -> bool:
    kept = unicodedata.category(character)[0] in _KEPT_CATEGORIES
    return kept and character not in _LETTER_QUOTES


def _is_visible(character: str) -> bool:
    return character.isprintable()


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")

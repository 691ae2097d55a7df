"""The tokens of a text, by one pass of a regular expression: a tenth of what the lexer takes.

It finds them where the lexer does, and does not look into them: the parser says what is wrong in one.
"""

from __future__ import annotations

import re
from typing import Final

# Possessive throughout, and an open string takes the rest: each character is looked at a few times at most.
_STRINGS: Final = r"""
      \"{3} (?: \\\"{3} | [^"\\] | \\(?!\"{3}) | \"(?!\"{2}) )*+ \"{3}
    | \" (?: [^"\\\n\r] | \\[^\n\r] )*+ \"
"""
_STRING: Final = re.compile(_STRINGS, re.VERBOSE)
_SCAN: Final = re.compile(
    rf"""
    (?: [\ufeff\t\n\r ,]++ | \#[^\n\r]*+ )*+
    ( [_A-Za-z][_0-9A-Za-z]*+
    | {_STRINGS}
    | \" (?s:.)*+
    | -?[0-9]++ (?: \.[0-9]++ )?+ (?: [eE][+-]?[0-9]++ )?+
    | \.{{3}}
    | [^\ufeff\t\n\r ,#]
    | \Z  # After a last comment: a search may not begin inside of it.
    )
    """,
    re.VERBOSE,
)
_WHOLE: Final = re.compile(r"[!$&():=@\[\]{|}_0-9A-Za-z]")


def tokens_of(text: str) -> list[str] | None:
    """Return the tokens, without comments and commas; None where there may be what is none."""
    found: list[str] = _SCAN.findall(text)
    while found and not found[-1]:
        found.pop()
    if found and found[-1].startswith('"') and not _STRING.fullmatch(found[-1]):
        return None
    for token in set(found):
        if len(token) == 1 and not _WHOLE.match(token):
            return None
    return found

"""The check digits of music's numbering standards.

python-stdnum has the ISO 7064 and GS1 algorithms; ISWC and IPI are ours, by the rules of the
CWR specification. Each function takes text already known to hold only the scheme's characters.
"""

from __future__ import annotations

from typing import Final

from stdnum import ean
from stdnum.iso7064 import mod_11_2, mod_37_36

# ISWC weighs its "T" as 1; IPI base weighs its "I" as 2.
_ISWC_PREFIX: Final = 1
_IPI_BASE_PREFIX: Final = 2


def iswc(digits: str) -> str:
    """Return the check digit of an ISWC's nine digits."""
    return _weighted_mod_10(_ISWC_PREFIX, digits)


def ipi_base(digits: str) -> str:
    """Return the check digit of an IPI base number's nine digits."""
    return _weighted_mod_10(_IPI_BASE_PREFIX, digits)


def ipi_name(digits: str) -> str:
    """Return the two check digits of an IPI name number's nine digits."""
    remainder = sum(weight * int(d) for weight, d in zip(range(10, 1, -1), digits, strict=True))
    remainder %= 101
    return f"{(101 - remainder) % 100 if remainder else 0:02d}"


def gtin(digits: str) -> str:
    """Return the GS1 check digit of a barcode's digits, without its last one."""
    return ean.calc_check_digit(digits)


def isni(digits: str) -> str:
    """Return the ISO 7064 mod 11-2 check character (0-9 or X) of an ISNI's 15 digits."""
    return mod_11_2.calc_check_digit(digits)


def mod_37_36_character(text: str) -> str:
    """Return the ISO 7064 mod 37,36 check character of upper-case letters and digits."""
    return mod_37_36.calc_check_digit(text)


def _weighted_mod_10(prefix: int, digits: str) -> str:
    total = prefix + sum(weight * int(digit) for weight, digit in enumerate(digits, start=1))
    return str(-total % 10)

"""The rules of the numbering standards: one small function a scheme, text in, outcome out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from standards.identifiers import check_digits
from standards.identifiers.identifier import InvalidCode, InvalidReason, Normal, Outcome
from standards.identifiers.schemes import Scheme

# Spaces, hyphens of every kind, and the dots that ISWC and IPI are printed with.
_SEPARATORS: Final = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u2212\u200b\ufeff]+")

_ISRC: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_ISWC: Final = re.compile(r"T([0-9]{9})([0-9])")
_IPI_BASE: Final = re.compile(r"I([0-9]{9})([0-9])")
_DIGITS: Final = re.compile(r"[0-9]+")
_ISNI: Final = re.compile(r"[0-9]{15}[0-9X]")
_GRID: Final = re.compile(r"A1[0-9A-Z]{16}")
_DPID: Final = re.compile(r"PADPIDA[0-9]{10}[0-9A-Z]")
_MBID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LABEL_CODE: Final = re.compile(r"(?:LC)?([0-9]{1,6})")
_ASIN: Final = re.compile(r"[0-9A-Z]{10}")

_ISRC_LENGTH: Final = 12
_ISWC_LENGTH: Final = 11
_IPI_NAME_LENGTH: Final = 11
_ISNI_LENGTH: Final = 16
_GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
_GTIN_8_ZEROS: Final = "000000"
_ISO_7064_LENGTH: Final = 18


def invalid(code: InvalidCode, sentence: str) -> InvalidReason:
    """Return why an identifier fails."""
    return InvalidReason(code, sentence)


def _compact(raw: str) -> str:
    # Upper-casing before asking for ASCII would let look-alikes in: "ß" becomes "SS".
    compact = _SEPARATORS.sub("", raw)
    return compact.upper() if compact.isascii() else compact


def _wrong_check(expected: str) -> InvalidReason:
    return invalid(InvalidCode.CHECK_DIGIT, f"The check digit should be {expected}.")


def _wrong_length(name: str, length: int | str) -> InvalidReason:
    return invalid(InvalidCode.LENGTH, f"{name} has {length} characters.")


def _isrc(raw: str) -> Outcome:
    text = _compact(raw).removeprefix("ISRC:").removeprefix("ISRC")
    if len(text) != _ISRC_LENGTH:
        return _wrong_length("An ISRC", _ISRC_LENGTH)
    if not _ISRC.fullmatch(text):
        return invalid(
            InvalidCode.FORMAT,
            "An ISRC is two letters, three letters or digits, then seven digits.",
        )
    return Normal(text, f"{text[:2]}-{text[2:5]}-{text[5:7]}-{text[7:]}")


def _iswc(raw: str) -> Outcome:
    text = _compact(raw).removeprefix("ISWC:").removeprefix("ISWC")
    if len(text) != _ISWC_LENGTH:
        return _wrong_length("An ISWC", _ISWC_LENGTH)
    match = _ISWC.fullmatch(text)
    if match is None:
        return invalid(InvalidCode.FORMAT, "An ISWC is the letter T and ten digits.")
    digits, check = match.groups()
    if not digits.strip("0"):
        return invalid(InvalidCode.ALL_ZEROS, "An ISWC of zeros names no work.")
    if check != (expected := check_digits.iswc(digits)):
        return _wrong_check(expected)
    return Normal(text, f"T-{digits[:3]}.{digits[3:6]}.{digits[6:]}-{check}")


def _ipi_base(raw: str) -> Outcome:
    text = _compact(raw)
    if len(text) != _ISWC_LENGTH:
        return _wrong_length("An IPI base number without hyphens", _ISWC_LENGTH)
    match = _IPI_BASE.fullmatch(text)
    if match is None:
        return invalid(InvalidCode.FORMAT, "An IPI base number is the letter I and ten digits.")
    digits, check = match.groups()
    if not digits.strip("0"):
        return invalid(InvalidCode.ALL_ZEROS, "An IPI base number of zeros names no party.")
    if check != (expected := check_digits.ipi_base(digits)):
        return _wrong_check(expected)
    return Normal(value := f"I-{digits}-{check}", value)


def _ipi_name(raw: str) -> Outcome:
    text = _compact(raw)
    if not _DIGITS.fullmatch(text):
        return invalid(InvalidCode.FORMAT, "An IPI name number has digits only.")
    if len(text) > _IPI_NAME_LENGTH:
        return _wrong_length("An IPI name number", f"at most {_IPI_NAME_LENGTH}")
    text = text.zfill(_IPI_NAME_LENGTH)
    if not text.strip("0"):
        return invalid(InvalidCode.ALL_ZEROS, "An IPI name number of zeros names no party.")
    if text[-2:] != (expected := check_digits.ipi_name(text[:-2])):
        return _wrong_check(expected)
    return Normal(text, text)


def _isni(raw: str) -> Outcome:
    text = _compact(raw).removeprefix("ISNI:").removeprefix("ISNI")
    if len(text) != _ISNI_LENGTH:
        return _wrong_length("An ISNI", _ISNI_LENGTH)
    if not _ISNI.fullmatch(text):
        return invalid(InvalidCode.FORMAT, "An ISNI is 15 digits and a last digit or X.")
    if not text.strip("0"):
        return invalid(InvalidCode.ALL_ZEROS, "An ISNI of zeros names no one.")
    if text[-1] != (expected := check_digits.isni(text[:-1])):
        return _wrong_check(expected)
    return Normal(text, " ".join(text[at : at + 4] for at in range(0, _ISNI_LENGTH, 4)))


def _icpn(raw: str) -> Outcome:
    text = _compact(raw)
    if not _DIGITS.fullmatch(text):
        return invalid(InvalidCode.FORMAT, "A barcode has digits only.")
    if len(text) not in _GTIN_LENGTHS:
        return _wrong_length("A barcode", "8, 12, 13 or 14")
    if not text.strip("0"):
        return invalid(InvalidCode.ALL_ZEROS, "A barcode of zeros names no product.")
    if text[-1] != (expected := check_digits.gtin(text[:-1])):
        return _wrong_check(expected)
    value = text.zfill(max(_GTIN_LENGTHS))
    return Normal(value, _printed_gtin(value))


def _printed_gtin(gtin_14: str) -> str:
    if gtin_14.startswith(_GTIN_8_ZEROS):
        return gtin_14[6:]
    if gtin_14.startswith("00"):
        return gtin_14[2:]
    return gtin_14.removeprefix("0")


def _grid(raw: str) -> Outcome:
    text = _compact(raw).removeprefix("GRID:")
    if failure := _iso_7064(text, "A GRid", _GRID, "A GRid is A1 and 16 letters or digits."):
        return failure
    return Normal(text, f"{text[:2]}-{text[2:7]}-{text[7:17]}-{text[17]}")


def _dpid(raw: str) -> Outcome:
    text = _compact(raw)
    shape = "A DPID is PADPIDA, ten digits and a check character."
    if failure := _iso_7064(text, "A DPID", _DPID, shape):
        return failure
    return Normal(text, f"{text[:2]}-{text[2:7]}-{text[7:17]}-{text[17]}")


def _iso_7064(text: str, name: str, form: re.Pattern[str], shape: str) -> InvalidReason | None:
    if len(text) != _ISO_7064_LENGTH:
        return _wrong_length(name, _ISO_7064_LENGTH)
    if not form.fullmatch(text):
        return invalid(InvalidCode.FORMAT, shape)
    expected = check_digits.mod_37_36_character(text[:-1])
    return None if text[-1] == expected else _wrong_check(expected)


def _mbid(raw: str) -> Outcome:
    text = raw.strip()
    # As above: lower-casing the Kelvin sign gives an ASCII "k".
    text = text.lower() if text.isascii() else text
    if not _MBID.fullmatch(text):
        return invalid(InvalidCode.FORMAT, "An MBID is a UUID written with its hyphens.")
    if not text.strip("0-"):
        return invalid(InvalidCode.ALL_ZEROS, "The nil UUID names nothing.")
    return Normal(text, text)


def _label_code(raw: str) -> Outcome:
    match = _LABEL_CODE.fullmatch(_compact(raw))
    if match is None:
        return invalid(InvalidCode.FORMAT, "A label code is LC and up to six digits.")
    if not (number := int(match[1])):
        return invalid(InvalidCode.ALL_ZEROS, "A label code of zeros names no label.")
    return Normal(f"LC{number:05d}", f"LC {number:05d}")


def _asin(raw: str) -> Outcome:
    text = raw.strip()
    text = text.upper() if text.isascii() else text
    if not _ASIN.fullmatch(text):
        return invalid(InvalidCode.FORMAT, "An ASIN is ten letters or digits.")
    return Normal(text, text)


def _opaque(raw: str) -> Outcome:
    text = " ".join(raw.split())
    # Not printable: control characters and lone surrogates, which no store would take.
    if not text.isprintable():
        return invalid(InvalidCode.FORMAT, "An identifier has printable characters only.")
    return Normal(text, text)


NUMBER_RULES: Final[Mapping[Scheme, Callable[[str], Outcome]]] = MappingProxyType(
    {
        Scheme.ISRC: _isrc,
        Scheme.ISWC: _iswc,
        Scheme.IPI_NAME: _ipi_name,
        Scheme.IPI_BASE: _ipi_base,
        Scheme.ISNI: _isni,
        Scheme.ICPN: _icpn,
        Scheme.GRID: _grid,
        Scheme.DPID: _dpid,
        Scheme.MBID: _mbid,
        Scheme.LABEL_CODE: _label_code,
        Scheme.ASIN: _asin,
        Scheme.IPN: _opaque,
        Scheme.CATALOGUE_NUMBER: _opaque,
        Scheme.PROPRIETARY: _opaque,
    }
)

"""The kinds of value that fields hold, and how each is read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from standards.shares import WHOLE

Value: TypeAlias = str | int | None

_HOUR: Final = 3600
_MINUTE: Final = 60
_DAY_DIGITS: Final = 8
_TIME_DIGITS: Final = 6


class Kind(StrEnum):
    """What a field holds.

    TEXT and CODE are text without its padding; NUMBER an integer; SHARE one of 1/100 %; DATE an
    ISO date as text; TIME seconds; FLAG one of Y, N and U. What says nothing is None.
    """

    TEXT = "TEXT"
    CODE = "CODE"
    NUMBER = "NUMBER"
    SHARE = "SHARE"
    DATE = "DATE"
    TIME = "TIME"
    FLAG = "FLAG"


def _text(raw: str) -> Value:
    return raw.strip() or None


def _digits(raw: str) -> str:
    text = raw.strip()
    if text and not (text.isascii() and text.isdigit()):
        raise ValueError("it is no number")
    return text


def _number(raw: str) -> Value:
    text = _digits(raw)
    return int(text) if text else None


def _share(raw: str) -> Value:
    text = _digits(raw)
    if not text:
        return None
    if int(text) > WHOLE:
        raise ValueError("it is more than 100 %")
    return int(text)


def _date(raw: str) -> Value:
    text = _digits(raw)
    if not text.strip("0"):
        return None
    if len(text) != _DAY_DIGITS:
        raise ValueError("it is no date")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError as error:
        raise ValueError("there is no such day") from error


def _time(raw: str) -> Value:
    text = _digits(raw)
    if not text.strip("0"):
        return None
    hours, minutes, seconds = int(text[:2]), int(text[2:4] or 0), int(text[4:] or 0)
    if len(text) != _TIME_DIGITS or minutes >= _MINUTE or seconds >= _MINUTE:
        raise ValueError("it is no time")
    return hours * _HOUR + minutes * _MINUTE + seconds


def _flag(raw: str) -> Value:
    text = raw.strip()
    if text not in ("", "Y", "N", "U"):
        raise ValueError("it is neither Y, N nor U")
    return text or None


READ: Final[Mapping[Kind, Callable[[str], Value]]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.CODE: _text,
        Kind.NUMBER: _number,
        Kind.SHARE: _share,
        Kind.DATE: _date,
        Kind.TIME: _time,
        Kind.FLAG: _flag,
    }
)


def written(kind: Kind, value: Value, length: int) -> str:
    """Return a value as its field has it, padded; it may be longer than the field."""
    match kind:
        case Kind.TEXT | Kind.CODE | Kind.FLAG:
            return str(value or "").ljust(length)
        case Kind.NUMBER | Kind.SHARE:
            return str(value or 0).zfill(length)
        case Kind.DATE:
            return str(value or "").replace("-", "").ljust(length, "0")
        case Kind.TIME:
            minutes, seconds = divmod(int(value or 0), _MINUTE)
            hours, minutes = divmod(minutes, _MINUTE)
            return f"{hours:02d}{minutes:02d}{seconds:02d}"

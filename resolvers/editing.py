"""What may be said of things of the catalogue: each property checked, and put as the graph has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from graph.accounts.claiming import MOST_EVIDENCE
from graph.editing import CreateThing, EditThing, Restore, Retire
from graph.errors import InvalidValue
from graph.merging import Merge, Unmerge
from resolvers.context import Context
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, Refusals, carry_out, ref_of
from standards.territories import TerritoryKind, UnknownTerritory, territory

LONGEST_TEXT: Final = 1_000
MOST_ALIASES: Final = 100
LONGEST_EMAIL: Final = 254
LONGEST_MS: Final = 2**31 - 1
LARGEST_PLACE: Final = 100_000

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LANGUAGE: Final = re.compile(r"[a-z]{3}")
_WORD: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


async def create(
    context: Context, asked: Asked, type_name: str, given: Mapping[str, Any]
) -> Outcome:
    """Make a thing of what is given, by the names of properties."""
    return await carry_out(context, asked, lambda: CreateThing(type_name, checked(given)))


async def edit(
    context: Context, asked: Asked, thing: Thing, given: Mapping[str, Any], expected: int | None
) -> Outcome:
    """Change what is given of a thing; None takes a property away."""
    return await carry_out(
        context, asked, lambda: EditThing(ref_of(thing), checked(given), expected=expected), thing
    )


async def retire(context: Context, asked: Asked, thing: Thing, expected: int | None) -> Outcome:
    """Take a thing out of lists and search."""
    return await carry_out(context, asked, lambda: Retire(ref_of(thing), expected=expected), thing)


async def restore(context: Context, asked: Asked, thing: Thing, expected: int | None) -> Outcome:
    """Put a retired thing back."""
    return await carry_out(context, asked, lambda: Restore(ref_of(thing), expected=expected), thing)


async def merge(
    context: Context,
    asked: Asked,
    merged: Thing,
    into: Thing,
    expected: tuple[int | None, int | None],
) -> Outcome:
    """Make one thing be another; it is told of that one. Versions are expected of the first and the other."""
    first, other = expected
    return await carry_out(
        context,
        asked,
        lambda: Merge(ref_of(merged), ref_of(into), expected=first, expected_survivor=other),
        into,
    )


async def unmerge(
    context: Context, asked: Asked, thing: Thing, expected_into: int | None
) -> Outcome:
    """Make a merged thing be itself again; what it was merged into may be expected to be of a version."""
    return await carry_out(
        context, asked, lambda: Unmerge(ref_of(thing), expected_survivor=expected_into), thing
    )


class ItemInvalid(ValueError):
    """An item of a list is wrong: which, and why."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties as the graph has them, under its names; raise Refusals for all that are wrong."""
    properties: dict[str, Any] = {}
    wrong: list[InvalidValue] = []
    for name, value in given.items():
        try:
            properties[name] = _CHECKS[name](value)
        except ItemInvalid as error:
            wrong.append(InvalidValue(f"{name}: {error}", path=(name, str(error.index))))
        except ValueError as error:
            wrong.append(InvalidValue(f"{name}: {error}", path=(name,)))
    if wrong:
        raise Refusals(tuple(wrong))
    return properties


def _text(value: str) -> str:
    plain = " ".join(value.split())
    if not plain:
        raise ValueError("must not be empty")
    if len(plain) > LONGEST_TEXT:
        raise ValueError(f"must be at most {LONGEST_TEXT} characters")
    if not plain.isprintable():
        raise ValueError("must not have control characters")
    return plain


def _name(value: str | None) -> str:
    if value is None:
        raise ValueError("cannot be taken away")
    return _text(value)


def _aliases(values: Sequence[str]) -> list[str] | None:
    if len(values) > MOST_ALIASES:
        raise ValueError(f"must be at most {MOST_ALIASES}")
    return list(dict.fromkeys(_texts(values))) or None


def _evidence(values: Sequence[str]) -> list[str]:
    if not 0 < len(values) <= MOST_EVIDENCE:
        raise ValueError(f"give 1 to {MOST_EVIDENCE}")
    return list(_texts(values))


def _texts(values: Sequence[str]) -> Iterator[str]:
    for index, value in enumerate(values):
        try:
            yield _text(value)
        except ValueError as error:
            raise ItemInvalid(index, str(error)) from error


def capitals(value: str, example: str = "ORIGINAL_PRODUCTION") -> str:
    """Return a word in capitals; raise ValueError for what is none."""
    if not _WORD.fullmatch(value):
        raise ValueError(f"must be a word in capitals, such as {example}")
    return value


def _country(value: str) -> str:
    try:
        found = territory(value.upper())
    except UnknownTerritory:
        found = None
    if len(value) != 2 or found is None or found.kind is not TerritoryKind.COUNTRY:  # noqa: PLR2004
        raise ValueError("give ISO 3166-1 alpha-2 of a country, such as DE")
    return value.upper()


def _date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError("give YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day or month") from None
    return value


def _email(value: str) -> str:
    plain = value.strip()
    if len(plain) > LONGEST_EMAIL or not _EMAIL.fullmatch(plain) or not plain.isprintable():
        raise ValueError("give an address, such as ada@example.com")
    return plain


def _printed(value: str) -> str:
    """Return a text whose spaces count."""
    if not 0 < len(value) <= LONGEST_TEXT or not value.isprintable():
        raise ValueError(f"must be 1 to {LONGEST_TEXT} characters, none of them for control")
    return value


def _place(value: int) -> int:
    if not 0 <= value <= LARGEST_PLACE:
        raise ValueError(f"must be from 0 to {LARGEST_PLACE:,}")
    return value


def _attributes(values: Sequence[str]) -> list[str]:
    if len(values) > MOST_ALIASES:
        raise ValueError(f"must be at most {MOST_ALIASES}")
    return list(dict.fromkeys(_texts(values)))


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("give ISO 639-3, such as deu")
    return value


def _length(value: int) -> int:
    if not 0 < value <= LONGEST_MS:
        raise ValueError("must be above 0")
    return value


def _known(value: Any) -> Any:
    """Return what the schema's types admit nothing wrong of."""
    return value


def _optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": _name,
    "title": _name,
    "kind": _name,
    "aliases": _optional(_aliases),
    "type": _optional(capitals),
    "status": _optional(capitals),
    "packaging": _optional(capitals),
    "country": _optional(_country),
    "gender": _optional(_text),
    "disambiguation": _optional(_text),
    "artistCredit": _optional(_text),
    "format": _optional(_text),
    "beginDate": _optional(_date),
    "endDate": _optional(_date),
    "date": _optional(_date),
    "email": _optional(_email),
    "fullName": _optional(_text),
    "evidence": _evidence,
    "resolution": _name,
    "role": _known,
    "chain": _optional(_text),
    "validFrom": _optional(date.isoformat),
    "validTo": _optional(date.isoformat),
    "collectionTo": _optional(date.isoformat),
    "language": _optional(_language),
    "lengthMs": _optional(_length),
    "video": _optional(_known),
    "scheme": _known,
    "value": _printed,
    "creditedAs": _text,
    "joinPhrase": _printed,
    "medium": _place,
    "position": _place,
    "number": _text,
    "attributes": _attributes,
    "catalogueNumber": _text,
}

"""Identifiers as clients see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from graph.times import instant
from schema.fields import input_type, object_type, prop
from schema.nodes import Sourced
from schema.schemes import IdentifierScheme, scheme_of
from standards.identifiers import Scheme, parse


@input_type
class IdentifierInput:
    """An identifier to look something up by; any usual way of writing it will do."""

    scheme: IdentifierScheme = prop("Whose identifier it is.")
    value: str = prop("The identifier, with or without spaces and hyphens.")


def display(scheme: str, raw: str) -> str | None:
    """Return the form in which an identifier is printed; None for an invalid one."""
    return parse(Scheme(scheme), raw).display


@object_type
class Identifier(Sourced):
    """One assertion that a thing bears an identifier. An invalid one is evidence and never links."""

    scheme: IdentifierScheme = prop("Whose identifier it is.", read=scheme_of)
    raw: str = prop("The identifier as the source wrote it.")
    value: str | None = prop("Its normal form, by which it is compared; null where invalid.")
    display: str | None = prop(
        "The form in which it is printed; null where invalid.",
        columns=("scheme", "raw"),
        read=display,
    )
    valid: bool = prop("Whether form and check digit are right.")
    reason: str | None = prop("Why it is invalid: a stable code, such as CHECK_DIGIT.")
    recorded_at: datetime = prop("When it came in, in UTC.", read=instant)


def first_borne(description: str) -> Any:
    """Declare the identifier of a standard that a thing bears, of a column of all their values."""
    return prop(f"{description}; the first by value where it bears several.", read=_first)


def _first(values: Sequence[str]) -> str | None:
    return min(values, default=None)

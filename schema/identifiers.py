"""Identifiers as clients see them."""

from datetime import datetime
from typing import Self

from graph.identifiers import IdentifierRow
from graph.times import instant
from schema.fields import input_type, object_type, prop
from schema.nodes import Sourced
from schema.schemes import IdentifierScheme
from standards.identifiers import Scheme, parse


@input_type
class IdentifierInput:
    """An identifier to look something up by; any usual way of writing it will do."""

    scheme: IdentifierScheme = prop("Whose identifier it is.")
    value: str = prop("The identifier, with or without spaces and hyphens.")


@object_type
class Identifier(Sourced):
    """One assertion that a thing bears an identifier. An invalid one is evidence and never links."""

    scheme: IdentifierScheme = prop("Whose identifier it is.")
    raw: str = prop("The identifier as the source wrote it.")
    value: str | None = prop("Its normal form, by which it is compared; null where invalid.")
    display: str | None = prop("The form in which it is printed; null where invalid.")
    valid: bool = prop("Whether form and check digit are right.")
    reason: str | None = prop("Why it is invalid: a stable code, such as CHECK_DIGIT.")
    recorded_at: datetime = prop("When it came in, in UTC.")

    @classmethod
    def from_row(cls, row: IdentifierRow) -> Self:
        """Make the type of a row."""
        scheme = Scheme(row.scheme)
        return cls(
            source_id=row.source_id,
            scheme=IdentifierScheme(scheme),
            raw=row.raw,
            value=row.value,
            display=parse(scheme, row.raw).display,
            valid=row.valid,
            reason=row.reason,
            recorded_at=instant(row.recorded_at),
        )

"""Identifiers as things bear them, whoever says so: a source, or an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.facts.assertions import IdentifierFact
from graph.ids import mint
from standards.identifiers import parse

if TYPE_CHECKING:
    from graph.facts.assertions import ThingLabel
    from standards.identifiers import Scheme


def identifier_fact(label: ThingLabel, thing: str, scheme: Scheme, raw: str) -> IdentifierFact:
    """Return the assertion that a thing bears an identifier, valid or not."""
    found = parse(scheme, raw)
    return IdentifierFact(
        id=mint("identifier", thing, scheme, raw),
        thing=label,
        thing_id=thing,
        scheme=scheme,
        raw=raw,
        value=found.value,
        key=f"{scheme}:{found.value}" if found.valid else None,
        valid=found.valid,
        reason=found.reason.code if found.reason else None,
    )

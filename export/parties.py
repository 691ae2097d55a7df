"""The party that an export is about."""

from __future__ import annotations

from export.errors import AmbiguousParty, UnknownParty
from graph.client import Graph
from graph.registrations import PartyFound, parties_called
from standards.identifiers import Scheme, parse


async def party_called(graph: Graph, called: str) -> PartyFound:
    """Return the party that an id or an IPI name number names; raises ExportError."""
    number = parse(Scheme.IPI_NAME, called)
    ipi = number.value
    found = await parties_called(graph, called, f"{Scheme.IPI_NAME}:{ipi}" if ipi else None)
    if not found:
        message = f"No party has the id or IPI name number {called!r}."
        if called.isdecimal() and number.reason:
            message += f" Not a valid number: {number.reason.sentence}"
        raise UnknownParty(message)
    if len(found) > 1:
        ids = ", ".join(each.id for each in found)
        raise AmbiguousParty(f"Several parties bear {called}: {ids}. Name one by its id.")
    return found[0]

"""Changes made for these tests, by the journal as commands are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.editing import CreateThing, EditThing
from graph.journal import Attribution, Journal, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.journal import Command, Done

BY: Final = Attribution(actor="somebody", reason="Because.", trace_id="0" * 32)

PROPERTIES: Final[Mapping[str, Mapping[str, str]]] = {
    "Artist": {"name": "Nina"},
    "Work": {"title": "A song"},
    "Party": {"name": "A publisher", "kind": "ORGANISATION"},
}


class Maker:
    """Makes and edits things, one command after another."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def make(self, label: str) -> Ref:
        """Make a thing and return it."""
        return (await self.run(CreateThing(label, PROPERTIES[label]))).subject

    async def edit(self, ref: Ref, **properties: str) -> Done:
        """Edit a thing."""
        return await self.run(EditThing(ref, properties, expected=None))

    async def run(self, command: Command) -> Done:
        """Carry a command out."""
        return await self._journal.run(command, BY)

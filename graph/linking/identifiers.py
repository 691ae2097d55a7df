"""Identifiers that things bear, added and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from graph.editing import OfThing
from graph.errors import CommandRefused, NotThere
from graph.facts.identifiers import identifier_fact
from graph.facts.rows import known
from graph.facts.statements import STATE
from graph.linking.statements import ADMIT, BORNE, DENY
from graph.linking.told import IDENTIFIERS, tell
from graph.merging.statements import MAKE
from graph.sources import EDITORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.facts.assertions import ThingLabel
    from graph.journal import Ref, Stage
    from graph.journal.stage import Properties
    from standards.identifiers import Scheme

_PATH: Final = ("value",)
_ASIDE: Final = frozenset({"id", "thing", "thing_id"})
_TOLD: Final = ("scheme", "raw", "value", "valid", "reason")


class _OfAnIdentifier(OfThing):
    """What is done to one identifier of a thing, as it is written."""

    def __init__(self, ref: Ref, scheme: Scheme, raw: str, *, expected: int | None) -> None:
        super().__init__(ref, expected=expected)
        self._fact = identifier_fact(cast("ThingLabel", ref.label), ref.id, scheme, raw)
        self._triple = (ref.label, "HAS_IDENTIFIER", "Identifier")

    async def _borne(self, stage: Stage) -> list[tuple[str, dict[str, Any]]]:
        """Return the ids of those that are borne and mean the same, and what is told of each."""
        fact = self._fact
        rows: Sequence[tuple[str, str | None, dict[str, Any]]] = await stage.read(
            "identifiers", BORNE[fact.thing], id=fact.thing_id, scheme=fact.scheme
        )
        return [
            (id_, _present(told))
            for id_, key, told in rows
            if told["raw"] == fact.raw or (key is not None and key == fact.key)
        ]


class AddIdentifier(_OfAnIdentifier):
    """Say that a thing bears an identifier, valid or not; also refuses one that it bears already."""

    async def change(self, stage: Stage, _had: Properties, /) -> None:
        """Say so."""
        if await self._borne(stage):
            raise CommandRefused("It bears that identifier already.", path=_PATH)
        fact, whose = self._fact, {"sourceId": EDITORS, "recordedAt": stage.now}
        properties = known(fact, without=_ASIDE)
        told = {name: properties[name] for name in _TOLD if name in properties}
        await tell(stage, self._ref, IDENTIFIERS, [{**told, "sourceId": EDITORS}], added=True)
        row = {"start": fact.thing_id, "end": fact.id}
        state = [{"id": fact.id, "known": properties}]
        await stage.write("identifier", STATE["Identifier"], rows=state, **whose)
        await stage.write("admit", ADMIT[self._triple], rows=[row])
        await stage.write("tie", MAKE[self._triple], rows=[{**row, "properties": whose}])


class RemoveIdentifier(_OfAnIdentifier):
    """Say that a thing does not bear an identifier, however it is written; also refuses NotThere."""

    async def change(self, stage: Stage, _had: Properties, /) -> None:
        """Say so."""
        borne = await self._borne(stage)
        if not borne:
            raise NotThere("It bears no such identifier.", path=_PATH)
        await tell(stage, self._ref, IDENTIFIERS, [told for _, told in borne], added=False)
        rows = [{"start": self._ref.id, "end": id_} for id_, _ in borne]
        await stage.write("deny", DENY[self._triple], rows=rows)


def _present(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}

"""What is done to things of the catalogue of whatever kind."""

from typing import Annotated

import strawberry

from resolvers import editing
from resolvers.errors import ArgumentInvalid
from resolvers.permission import CATALOGUE_EDITING, PARTY_EDITING
from resolvers.things import Thing
from schema import registry
from schema.fields import Info, arg, input_type, object_type
from schema.ids import parse_global_id
from schema.references import EntityRef
from schema.things import found
from schema.writing import Payload, Rewriting, asked, mutation, told

_NEEDS = {
    **dict.fromkeys(("Artist", "Recording", "Work", "Release", "Label"), CATALOGUE_EDITING),
    "Party": PARTY_EDITING,
}
"""The roles of which one is needed to change things, by their type."""


@input_type
class RetireInput(Rewriting):
    """A thing to be taken out of lists and search."""


@input_type
class RestoreInput(Rewriting):
    """A retired thing to be put back."""


@object_type
class EntityPayload(Payload):
    """What came of a change of a thing of the catalogue."""

    @found(EntityRef | None)
    def entity(self) -> Thing | None:
        """The thing as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class EntityMutation:
    """Where clients change things of the catalogue of whatever kind."""

    @mutation(PARTY_EDITING)
    async def retire(
        self, info: Info, input: Annotated[RetireInput, arg("What is retired.")]
    ) -> EntityPayload | None:
        """Take a thing out of the lists of the whole graph and of search; by its id it is found as ever."""
        thing = _entity(info, input.id, "id")
        outcome = await editing.retire(
            info.context, asked("retire", input), thing, input.expected_version
        )
        return EntityPayload(**told(outcome))

    @mutation(PARTY_EDITING)
    async def restore(
        self, info: Info, input: Annotated[RestoreInput, arg("What is restored.")]
    ) -> EntityPayload | None:
        """Put a retired thing back."""
        thing = _entity(info, input.id, "id")
        outcome = await editing.restore(
            info.context, asked("restore", input), thing, input.expected_version
        )
        return EntityPayload(**told(outcome))


def _entity(info: Info, id_: str, argument: str) -> Thing:
    """Return what an id names, checked to be for who asks to change; raise ArgumentInvalid."""
    type_name, key = parse_global_id(id_, argument)
    if type_name not in _NEEDS or type_name not in registry.findable_types():
        raise ArgumentInvalid(argument, f"a {type_name} is no thing of the catalogue")
    info.context.viewer.check(_NEEDS[type_name])
    return Thing(type_name, key)

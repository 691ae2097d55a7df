"""What is done to things of the catalogue of whatever kind."""

from collections.abc import Mapping
from typing import Annotated

import strawberry

from resolvers import editing
from resolvers.errors import ArgumentInvalid
from resolvers.linking import Side
from resolvers.permission import CATALOGUE_EDITING, PARTY_EDITING, RIGHTS_EDITING, Needs
from resolvers.things import Thing
from schema import registry
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import parse_global_id
from schema.references import EntityRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, asked, mutation, told

_NEEDS = {
    **dict.fromkeys(("Artist", "Recording", "Work", "Release", "Label"), CATALOGUE_EDITING),
    "Party": PARTY_EDITING,
}
"""The roles of which one is needed to change things, by their type."""
_MERGING = {**_NEEDS, "Party": RIGHTS_EDITING}
"""The same for what is merged: mandates for one party are for both from then on."""


@input_type
class RetireInput(Rewriting):
    """A thing to be taken out of lists and search."""


@input_type
class RestoreInput(Rewriting):
    """A retired thing to be put back."""


@input_type
class MergeInput(Rewriting):
    """A thing that turned out to be another of its kind."""

    into: strawberry.ID = prop("The global id of the thing that it is: the one that stays.")
    expected_into_version: int | None = optional(
        "The version that the other was looked at: if there is another by now, nothing is changed."
    )


@input_type
class UnmergeInput(Writing):
    """A merged thing that is not the other after all."""

    id: strawberry.ID = prop("The global id that it had before it was merged.")
    expected_into_version: int | None = optional(
        "The version of what it was merged into: if there is another by now, nothing is changed."
    )


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
        thing = editable(info, input.id, "id")
        outcome = await editing.retire(
            info.context, asked("retire", input), thing, input.expected_version
        )
        return EntityPayload(**told(outcome))

    @mutation(PARTY_EDITING)
    async def restore(
        self, info: Info, input: Annotated[RestoreInput, arg("What is restored.")]
    ) -> EntityPayload | None:
        """Put a retired thing back."""
        thing = editable(info, input.id, "id")
        outcome = await editing.restore(
            info.context, asked("restore", input), thing, input.expected_version
        )
        return EntityPayload(**told(outcome))

    @mutation(PARTY_EDITING)
    async def merge(
        self, info: Info, input: Annotated[MergeInput, arg("What is merged, into what.")]
    ) -> EntityPayload | None:
        """Make a thing be another of its kind: all that it has moves there, and its id leads there.

        The payload tells the one that stays.
        """
        outcome = await editing.merge(
            info.context,
            asked("merge", input),
            editable(info, input.id, "id", _MERGING),
            editable(info, input.into, "into", _MERGING),
            (input.expected_version, input.expected_into_version),
        )
        return EntityPayload(**told(outcome))

    @mutation(PARTY_EDITING)
    async def unmerge(
        self, info: Info, input: Annotated[UnmergeInput, arg("What is not the other.")]
    ) -> EntityPayload | None:
        """Make a merged thing be itself again, with all that came through it.

        What was added to the other since stays there, and no load of a source merges the two again.
        """
        thing = editable(info, input.id, "id", _MERGING)
        outcome = await editing.unmerge(
            info.context, asked("unmerge", input), thing, input.expected_into_version
        )
        return EntityPayload(**told(outcome))


def side(info: Info, input_: Rewriting) -> Side:
    """Return the thing that an input is about, checked as `editable`."""
    return Side(thing=editable(info, input_.id, "id"), expected=input_.expected_version)


def editable(info: Info, id_: str, argument: str, needs: Mapping[str, Needs] = _NEEDS) -> Thing:
    """Return what an id names, checked to be for who asks to change; raise ArgumentInvalid."""
    type_name, key = parse_global_id(id_, argument)
    if type_name not in _NEEDS or type_name not in registry.findable_types():
        raise ArgumentInvalid(argument, f"a {type_name} is no thing of the catalogue")
    info.context.viewer.check(needs[type_name])
    return Thing(type_name, key)

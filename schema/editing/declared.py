"""The two mutations that every kind of thing has, declared: how one is made, and how one is edited."""

from typing import Annotated, Any

from resolvers import editing
from resolvers.permission import CATALOGUE_EDITING, Needs
from resolvers.things import Thing
from schema.fields import Info, arg
from schema.ids import key_of
from schema.writing import Payload, asked, given, mutation, told


def creating(
    type_name: str, input_: type[Any], payload: type[Payload], needs: Needs = CATALOGUE_EDITING
) -> Any:
    """Declare the mutation that makes a thing of a type."""
    name = f"create{type_name}"

    async def create(info: Info, input: Any) -> Any:
        outcome = await editing.create(info.context, asked(name, input), type_name, given(input))
        return payload(**told(outcome))

    create.__doc__ = f"Make {_a(type_name)}."
    return _declared(create, input_, "What is made.", payload, needs)


def changing(
    type_name: str, input_: type[Any], payload: type[Payload], needs: Needs = CATALOGUE_EDITING
) -> Any:
    """Declare the mutation that edits a thing of a type."""
    name = f"edit{type_name}"

    async def edit(info: Info, input: Any) -> Any:
        thing = Thing(type_name, key_of(type_name, input.id))
        outcome = await editing.edit(
            info.context, asked(name, input), thing, given(input), input.expected_version
        )
        return payload(**told(outcome))

    edit.__doc__ = f"Change {_a(type_name)}: what is given of it, and nothing else."
    return _declared(edit, input_, "What is changed.", payload, needs)


def _declared(
    resolver: Any, input_: Any, description: str, payload: type[Payload], needs: Needs
) -> Any:
    described = Annotated[input_, arg(description)]
    resolver.__annotations__ |= {"input": described, "return": payload | None}
    return mutation(needs)(resolver)


def _a(type_name: str) -> str:
    return f"{'an' if type_name[0] in 'AEIOU' else 'a'} {type_name.lower()}"

"""The subgraphs composed, by Apollo's composition and by the Guild's: the schema that they came from."""

from __future__ import annotations

from typing import Any, Final

import pytest
import pytest_asyncio
from graphql import GraphQLSchema, build_schema, lexicographic_sort_schema, print_schema

from schema.delivery import DELIVERY
from schema.subgraphs import Domain, clients_text, subgraph
from tests.federation.programs import composed

COMPOSITIONS: Final = ("apollo", "guild")


@pytest_asyncio.fixture(scope="module")
async def supergraphs() -> dict[str, dict[str, Any]]:
    """Return what each composition makes of the five."""
    return await composed(
        {
            domain.value: (subgraph(domain).served.sdl, f"http://{domain.value}.test/graphql")
            for domain in Domain
        }
    )


@pytest.mark.parametrize("by", COMPOSITIONS)
def test_the_subgraphs_compose(supergraphs: dict[str, dict[str, Any]], by: str) -> None:
    """No error, and no hint that anybody would have to look at."""
    made = supergraphs[by]
    assert made["errors"] == []
    assert [hint for hint in made["hints"] if hint[0] != "DEBUG"] == []


@pytest.mark.parametrize("by", COMPOSITIONS)
def test_what_is_composed_is_the_whole(supergraphs: dict[str, dict[str, Any]], by: str) -> None:
    """Clients of a gateway see the schema that clients of one server see, to the last description."""
    assert ordered(supergraphs[by]["api"]) == ordered(clients_text())


async def test_the_whole_composes_as_one_subgraph() -> None:
    """It can stand in a supergraph by itself."""
    made = await composed({"whole": (subgraph(None).served.sdl, "http://whole.test/graphql")})
    for by in COMPOSITIONS:
        assert made[by]["errors"] == []
        assert ordered(made[by]["api"]) == ordered(clients_text())


async def test_what_does_not_fit_is_told() -> None:
    """The compositions do refuse: here a type that has a field in two subgraphs, shared by neither."""
    other = subgraph(Domain.RIGHTS).served.sdl.replace("@shareable", "")
    subgraphs = {
        domain.value: (subgraph(domain).served.sdl, "http://nowhere.test") for domain in Domain
    }
    made = await composed({**subgraphs, "rights": (other, "http://nowhere.test")})
    assert all(made[by]["errors"] for by in COMPOSITIONS)


def ordered(text: str) -> str:
    """Return a schema's text in order of names; what a gateway delivers in parts is its own affair."""
    schema = build_schema(text)
    parts = schema.to_kwargs()
    parts["directives"] = tuple(each for each in schema.directives if each.name not in DELIVERY)
    return print_schema(lexicographic_sort_schema(GraphQLSchema(**parts)))

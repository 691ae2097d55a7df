"""Apollo's list of what a subgraph has to do, each by its name there, through our own view.

The schema is theirs; what only a router shows is asked of Apollo's gateway over three subgraphs.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
import pytest_asyncio

from graph.client import connect
from server.app import create_app
from server.graphql_http import TRACE_HEADER
from server.service import Service
from server.settings import Settings
from tests.federation.products import inventory, products, users
from tests.federation.programs import composed, decoded, gateway
from tests.http.asking import NOWHERE
from tests.http.listening import listening

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

SCHEMAS: Final = {
    "products": products.schema,
    "users": users.schema,
    "inventory": inventory.schema,
}
ENTITIES: Final = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Product { id sku }
    ... on ProductResearch { study { caseNumber description } }
    ... on DeprecatedProduct { reason }
    ... on User { email name }
  }
}
"""


class Subgraphs:
    """The three, where each answers, and the texts that they give."""

    def __init__(self, client: httpx.AsyncClient, addresses: dict[str, str]) -> None:
        self._client = client
        self.addresses = addresses
        self.texts: dict[str, str] = {}

    async def ask(self, address: str, query: str, **variables: Any) -> Any:
        """Return the data of an operation without errors."""
        response = await self._client.post(address, json={"query": query, "variables": variables})
        body = response.json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def entity(self, type_name: str, **key: Any) -> Any:
        """Return what products finds by a key."""
        representation = {"__typename": type_name, **key}
        data = await self.ask(
            self.addresses["products"], ENTITIES, representations=[representation]
        )
        return data["_entities"][0]


@pytest_asyncio.fixture(scope="module")
async def subgraphs() -> AsyncGenerator[Subgraphs]:
    """Yield the three subgraphs, listening; no graph is behind them."""
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(connect(NOWHERE))
        addresses = {
            name: await stack.enter_async_context(
                listening(create_app(Settings(), service=Service(graph), schema=schema))
            )
            for name, schema in SCHEMAS.items()
        }
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=60.0))
        found = Subgraphs(client, addresses)
        for name, address in addresses.items():
            data = await found.ask(address, "{ _service { sdl } }")
            found.texts[name] = data["_service"]["sdl"]
        yield found


@pytest_asyncio.fixture(scope="module")
async def supergraph(subgraphs: Subgraphs) -> dict[str, Any]:
    """Return what Apollo's composition makes of the three."""
    given = {name: (text, subgraphs.addresses[name]) for name, text in subgraphs.texts.items()}
    made = (await composed(given))["apollo"]
    assert not made["errors"], made["errors"]
    return made


@pytest_asyncio.fixture(scope="module")
async def router(
    supergraph: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[str]:
    """Yield where the gateway over the three answers."""
    log = tmp_path_factory.mktemp("router") / "log"
    async with gateway("apollo_gateway.mjs", supergraph["supergraph"], log) as address:
        yield address


async def test_service(subgraphs: Subgraphs) -> None:
    """`_service`: the text, with the directives."""
    assert 'type Product @custom @key(fields: "id")' in subgraphs.texts["products"]


async def test_key_single(subgraphs: Subgraphs) -> None:
    """`@key` of one field."""
    assert await subgraphs.entity("User", email=products.USER_EMAIL) == {
        "email": products.USER_EMAIL,
        "name": "Jane Smith",
    }


async def test_key_multiple(subgraphs: Subgraphs) -> None:
    """`@key` of several fields."""
    found = await subgraphs.entity(
        "DeprecatedProduct", sku="apollo-federation-v1", package="@apollo/federation-v1"
    )
    assert found["reason"] == "Migrate to Federation V2"


async def test_key_composite(subgraphs: Subgraphs) -> None:
    """`@key` of fields inside fields."""
    assert await subgraphs.entity("ProductResearch", study={"caseNumber": "1234"}) == {
        "study": {"caseNumber": "1234", "description": "Federation Study"}
    }


@pytest.mark.parametrize(
    "key",
    [
        {"id": "apollo-federation"},
        {"sku": "federation", "package": "@apollo/federation"},
        {"sku": "federation", "variation": {"id": "OSS"}},
    ],
    ids=" ".join,
)
async def test_key_repeatable(subgraphs: Subgraphs, key: dict[str, Any]) -> None:
    """`@key` more than once: each finds the same."""
    assert await subgraphs.entity("Product", **key) == {
        "id": "apollo-federation",
        "sku": "federation",
    }


async def test_link(subgraphs: Subgraphs) -> None:
    """`@link`: federation's version, and a specification of somebody else's."""
    text = subgraphs.texts["products"]
    assert '@link(url: "https://specs.apollo.dev/federation/v2.9"' in text
    assert '@link(url: "https://myspecs.dev/myCustomDirective/v1.0"' in text


async def test_requires(subgraphs: Subgraphs, router: str) -> None:
    """`@requires`: worked out of what the gateway brings of another subgraph."""
    query = (
        '{ product(id: "apollo-federation") { createdBy { averageProductsCreatedPerYear email } } }'
    )
    found = (await subgraphs.ask(router, query))["product"]["createdBy"]
    assert found == {"averageProductsCreatedPerYear": 134, "email": products.USER_EMAIL}


async def test_provides(subgraphs: Subgraphs, router: str) -> None:
    """`@provides`: on that path alone products tells what is the users' to tell."""
    query = """{
      product(id: "apollo-federation") { createdBy { totalProductsCreated } }
      deprecatedProduct(sku: "apollo-federation-v1", package: "@apollo/federation-v1") {
        createdBy { totalProductsCreated }
      }
    }"""
    found = await subgraphs.ask(router, query)
    assert found["product"]["createdBy"]["totalProductsCreated"] == 1337
    assert found["deprecatedProduct"]["createdBy"]["totalProductsCreated"] == 1338


async def test_shareable(subgraphs: Subgraphs, router: str) -> None:
    """`@shareable`: two subgraphs tell one value's fields."""
    query = '{ box { size } product(id: "apollo-federation") { dimensions { size weight } } }'
    assert await subgraphs.ask(router, query) == {
        "box": {"size": "large"},
        "product": {"dimensions": {"size": "small", "weight": 1.0}},
    }


async def test_tag(supergraph: dict[str, Any]) -> None:
    """`@tag` reaches the supergraph."""
    assert '@tag(name: "internal")' in supergraph["supergraph"]


async def test_override(subgraphs: Subgraphs, router: str) -> None:
    """`@override`: products tells a user's name, not users."""
    found = await subgraphs.ask(router, f'{{ user(email: "{products.USER_EMAIL}") {{ name }} }}')
    assert found == {"user": {"name": "Jane Smith"}}


async def test_inaccessible(supergraph: dict[str, Any]) -> None:
    """`@inaccessible`: composed, and not for clients."""
    assert "unit: String @inaccessible" in supergraph["supergraph"]
    assert "unit" not in supergraph["api"]


async def test_compose_directive(supergraph: dict[str, Any]) -> None:
    """`@composeDirective`: what only its maker knows stays in the supergraph."""
    assert "directive @custom on OBJECT" in supergraph["supergraph"]
    assert "@custom" in supergraph["supergraph"].partition("type Product\n")[2].partition("\n}")[0]


async def test_interface_object(subgraphs: Subgraphs, router: str) -> None:
    """`@interfaceObject`: a field told by a subgraph that knows none of the interface's types."""
    found = await subgraphs.ask(
        router, "{ inventories { __typename id deprecatedProducts { sku } } }"
    )
    assert found == {
        "inventories": [
            {
                "__typename": "Warehouse",
                "id": "w1",
                "deprecatedProducts": [{"sku": "apollo-federation-v1"}],
            }
        ]
    }


async def test_ftv1(subgraphs: Subgraphs) -> None:
    """Federated tracing: `extensions.ftv1` for who asks by the header."""
    asked = {"query": '{ product(id: "apollo-federation") { sku } }'}
    async with httpx.AsyncClient() as client:
        response = await client.post(
            subgraphs.addresses["products"], json=asked, headers={TRACE_HEADER: "ftv1"}
        )
    trace = await decoded(response.json()["extensions"]["ftv1"])
    [product] = trace["root"]["child"]
    assert (product["responseName"], product["type"]) == ("product", "Product")
    assert [each["responseName"] for each in product["child"]] == ["sku"]

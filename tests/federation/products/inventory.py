"""The inventory subgraph: the interface of which products tells one field, and a value that both tell."""

import strawberry
from strawberry import federation


@federation.interface(keys=["id"])
class Inventory:
    """Where products are kept."""

    id: strawberry.ID


@federation.type(keys=["id"])
class Warehouse(Inventory):
    """An inventory with a roof."""

    id: strawberry.ID
    name: str


@federation.type(shareable=True)
class ProductDimension:
    """How large a product's box is."""

    size: str | None = None
    weight: float | None = None


@strawberry.type
class Query:
    """Where inventories are found."""

    @strawberry.field
    def inventories(self) -> list[Inventory]:
        """Return the only one."""
        return [Warehouse(id=strawberry.ID("w1"), name="North")]

    @strawberry.field
    def box(self) -> ProductDimension:
        """Return the usual box."""
        return ProductDimension(size="large")


schema = federation.Schema(query=Query, types=[Warehouse], federation_version="2.9")

"""The products subgraph: Apollo's fixed schema for subgraph libraries, in Strawberry's own terms.

Source: Apollo Federation subgraph compatibility, `products.graphql`.
"""

from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

import strawberry
from strawberry import federation
from strawberry.federation.schema_directive import schema_directive
from strawberry.schema_directive import Location

Thing = TypeVar("Thing")


@schema_directive(
    locations=[Location.OBJECT],
    name="custom",
    compose=True,
    import_url="https://myspecs.dev/myCustomDirective/v1.0",
)
class Custom:
    """A directive that only its maker knows."""


@strawberry.type
class CaseStudy:
    """What research was about."""

    case_number: strawberry.ID
    description: str | None = None


@federation.type(keys=["study { caseNumber }"])
class ProductResearch:
    """Research on a product."""

    study: CaseStudy
    outcome: str | None = None

    @classmethod
    def resolve_reference(cls, study: dict[str, str]) -> Self | None:
        """Return the research with the study."""
        return _found(RESEARCH, lambda each: each.study.case_number == study["caseNumber"])


@federation.type(shareable=True)
class ProductDimension:
    """How large and heavy a product is."""

    size: str | None = None
    weight: float | None = None
    unit: str | None = federation.field(default=None, inaccessible=True)


@strawberry.type
class ProductVariation:
    """One variation of a product."""

    id: strawberry.ID


@federation.type(keys=["email"])
class User:
    """Who made a product; the users subgraph knows more."""

    email: strawberry.ID
    name: str | None = federation.field(default=None, override="users")
    total_products_created: int | None = federation.field(default=None, external=True)
    years_of_employment: int = federation.field(default=0, external=True)

    @federation.field(requires=["totalProductsCreated", "yearsOfEmployment"])
    def average_products_created_per_year(self) -> int | None:
        """Return the whole products a year."""
        if self.total_products_created is None or not self.years_of_employment:
            return None
        return round(self.total_products_created / self.years_of_employment)

    @classmethod
    def resolve_reference(
        cls,
        email: strawberry.ID,
        totalProductsCreated: int | None = None,  # noqa: N803 - Strawberry hands names over as they came.
        yearsOfEmployment: int = 0,  # noqa: N803 - as above.
    ) -> Self | None:
        """Return the only user, with what the gateway brings of the other subgraph."""
        if email != USER_EMAIL:
            return None
        return cls(
            email=email,
            name="Jane Smith",
            total_products_created=1337 if totalProductsCreated is None else totalProductsCreated,
            years_of_employment=yearsOfEmployment,
        )


@federation.type(keys=["id", "sku package", "sku variation { id }"], directives=[Custom()])
class Product:
    """A product, known by any of three keys."""

    id: strawberry.ID
    sku: str | None = None
    package: str | None = None
    variation: ProductVariation | None = None
    dimensions: ProductDimension | None = None
    created_by: User | None = federation.field(default=None, provides=["totalProductsCreated"])
    notes: str | None = federation.field(default=None, tags=["internal"])
    research: list[ProductResearch]

    @classmethod
    def resolve_reference(
        cls,
        id: strawberry.ID | None = None,  # noqa: A002 - the key's name.
        sku: str | None = None,
        package: str | None = None,
        variation: dict[str, str] | None = None,
    ) -> Self | None:
        """Return the product with the key."""
        if id is not None:
            return _found(PRODUCTS, lambda each: each.id == id)
        if package is not None:
            return _found(PRODUCTS, lambda each: (each.sku, each.package) == (sku, package))
        return _found(
            PRODUCTS,
            lambda each: (
                (each.sku == sku and variation is not None)
                and (each.variation is not None and each.variation.id == variation["id"])
            ),
        )


@federation.type(keys=["sku package"])
class DeprecatedProduct:
    """A product that is not made any more."""

    sku: str
    package: str
    reason: str | None = None
    created_by: User | None = None

    @classmethod
    def resolve_reference(cls, sku: str, package: str) -> Self | None:
        """Return the product with the key."""
        return _found([DEPRECATED], lambda each: (each.sku, each.package) == (sku, package))


@federation.interface_object(keys=["id"])
class Inventory:
    """What the inventory subgraph has as an interface."""

    id: strawberry.ID

    @strawberry.field
    def deprecated_products(self) -> list[DeprecatedProduct]:
        """Return what is not made any more."""
        return [DEPRECATED]

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> Self:  # noqa: A002 - as above.
        """Return the inventory with the id."""
        return cls(id=id)


@federation.type(extend=True)
class Query:
    """Where products are found."""

    @strawberry.field
    def product(self, id: strawberry.ID) -> Product | None:  # noqa: A002 - as above.
        """Return the product with the id."""
        return Product.resolve_reference(id=id)

    @strawberry.field(deprecation_reason="Use product query instead")
    def deprecated_product(self, sku: str, package: str) -> DeprecatedProduct | None:
        """Return a product that is not made any more."""
        return DeprecatedProduct.resolve_reference(sku=sku, package=package)


def _found(things: Iterable[Thing], fits: Callable[[Thing], bool]) -> Any:
    return next((each for each in things if fits(each)), None)


USER_EMAIL = "support@apollographql.com"
USER = User(
    email=strawberry.ID(USER_EMAIL),
    name="Jane Smith",
    total_products_created=1337,
    years_of_employment=10,
)
DIMENSIONS = ProductDimension(size="small", weight=1, unit="kg")
RESEARCH = [
    ProductResearch(
        study=CaseStudy(case_number=strawberry.ID("1234"), description="Federation Study")
    ),
    ProductResearch(study=CaseStudy(case_number=strawberry.ID("1235"), description="Studio Study")),
]
PRODUCTS = [
    Product(
        id=strawberry.ID("apollo-federation"),
        sku="federation",
        package="@apollo/federation",
        variation=ProductVariation(id=strawberry.ID("OSS")),
        dimensions=DIMENSIONS,
        created_by=USER,
        research=RESEARCH[:1],
    ),
    Product(
        id=strawberry.ID("apollo-studio"),
        sku="studio",
        package="",
        variation=ProductVariation(id=strawberry.ID("platform")),
        dimensions=DIMENSIONS,
        created_by=USER,
        research=RESEARCH[1:],
    ),
]
DEPRECATED = DeprecatedProduct(
    sku="apollo-federation-v1",
    package="@apollo/federation-v1",
    reason="Migrate to Federation V2",
    created_by=USER,
)

schema = federation.Schema(
    query=Query, types=[Inventory, ProductResearch], federation_version="2.9"
)

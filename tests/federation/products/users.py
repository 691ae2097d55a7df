"""The users subgraph: it differs from what products tells of users, so that a test sees who told."""

from typing import Self

import strawberry
from strawberry import federation


@federation.type(keys=["email"])
class User:
    """A user, as only this subgraph knows."""

    email: strawberry.ID
    name: str | None = None
    total_products_created: int | None = federation.field(default=None, shareable=True)
    years_of_employment: int = 0

    @classmethod
    def resolve_reference(cls, email: strawberry.ID) -> Self:
        """Return the user with the address."""
        return cls(email=email, name="another", total_products_created=1338, years_of_employment=10)


@strawberry.type
class Query:
    """Where users are found."""

    @strawberry.field
    def user(self, email: strawberry.ID) -> User:
        """Return the user with the address."""
        return User.resolve_reference(email)


schema = federation.Schema(query=Query, federation_version="2.9")

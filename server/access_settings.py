"""The settings of who is believed to be whom, and who may do what."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from resolvers.permission import ANONYMOUS, EVERYTHING, PUBLIC, Needs, Role, Viewer
from server.authentication.fetching import is_safe
from server.contract_settings import ContractSettings
from server.gates import NONE, Gate, needs_of, read_gate, read_roles

ADMIN_ONLY: Final = frozenset({Role.ADMIN})


class AccessSettings(ContractSettings):
    """Whose tokens are taken, and what callers without one may do."""

    issuer: str = ""
    audience: str = ""
    jwks_url: str = ""
    roles_claim: Annotated[str, Field(min_length=1)] = "roles"
    nbf_required: bool = True
    anonymous_roles: Annotated[frozenset[Role] | None, NoDecode] = None
    explain: Annotated[Gate | None, NoDecode] = None
    ftv1: Annotated[Gate | None, NoDecode] = None
    max_streams: Annotated[int, Field(ge=1)] = 100
    max_socket_operations: Annotated[int, Field(ge=1)] = 50

    @field_validator("issuer", "jwks_url")
    @classmethod
    def _nobody_between(cls, address: str) -> str:
        if address and not is_safe(address):
            raise ValueError("must be an address of https, or of http on this machine")
        return address

    @field_validator("anonymous_roles", mode="before")
    @classmethod
    def _roles(cls, given: Any) -> Any:
        if isinstance(given, str) and given.strip() == NONE:
            return frozenset[Role]()
        return read_roles(given, f"`{NONE}`, or ")

    @field_validator("explain", "ftv1", mode="before")
    @classmethod
    def _gates(cls, given: Any) -> Any:
        return read_gate(given)

    @model_validator(mode="after")
    def _whole_issuer(self) -> Self:
        if self.issuer and not self.audience:
            raise ValueError(
                "CONTENT_GRAPH_AUDIENCE: CONTENT_GRAPH_ISSUER wants the name that its tokens have "
                "for this service (aud)"
            )
        if self.jwks_url and not self.issuer:
            raise ValueError(
                "CONTENT_GRAPH_JWKS_URL: wants CONTENT_GRAPH_ISSUER, whose keys they are"
            )
        return self

    @property
    def anonymous(self) -> Viewer:
        """What callers without a token may do: in development everything, unless it is said."""
        if self.anonymous_roles is None:
            return EVERYTHING if self.development else ANONYMOUS
        return Viewer(roles=self.anonymous_roles)

    @property
    def told_of_plans(self) -> Needs | None:
        """The roles that may ask how an answer came about, or None for nobody."""
        if self.explain is None:
            return PUBLIC if self.development else ADMIN_ONLY
        return needs_of(self.explain)

    @property
    def told_of_traces(self) -> Needs | None:
        """The roles that may ask for a trace of an answer's fields, or None for nobody."""
        return needs_of(self.development if self.ftv1 is None else self.ftv1)

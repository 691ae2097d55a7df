"""The settings of the contract with clients: what holds whatever graph is served."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from execution.budgets import Budget
from execution.limits import Limits
from execution.requests import ANONYMOUS, AUTHENTICATED
from resolvers.permission import Needs, Role
from server.gates import Gate, needs_of, read_gate

OFF: Final = "off"
DEFAULT_BUDGET: Final = Budget(100_000, 2_000)
LEAST_BUDGET: Final = 100

_HAVE_BUDGETS: Final = frozenset({ANONYMOUS, AUTHENTICATED, *Role})
_BUDGET: Final = re.compile(
    r"(?P<role>[a-z][a-z0-9_-]*)=(?P<size>\d{1,9})/(?P<refill>\d{1,9}(\.\d{1,3})?)"
)


class Profile(StrEnum):
    """Where the server runs: production has no defaults that only suit a desk."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ContractSettings(BaseSettings):
    """What a document may be, and which are known; commands that hold documents against it need no more."""

    model_config = SettingsConfigDict(
        env_prefix="CONTENT_GRAPH_",
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    profile: Profile = Profile.DEVELOPMENT

    max_body_bytes: Annotated[int, Field(ge=1024)] = 256_000
    max_characters: Annotated[int, Field(ge=1)] = 15_000
    max_tokens: Annotated[int, Field(ge=1)] = 2_000
    max_depth: Annotated[int, Field(ge=1)] = 12
    max_directives: Annotated[int, Field(ge=1)] = 10
    max_aliases: Annotated[int, Field(ge=1)] = 15
    max_nodes: Annotated[int, Field(ge=1)] = 10_000
    max_comparisons: Annotated[int, Field(ge=1)] = 20_000
    max_fields: Annotated[int, Field(ge=1)] = 1_500
    max_values: Annotated[int, Field(ge=1)] = 200_000
    max_deferred: Annotated[int, Field(ge=1)] = 500
    introspection: Annotated[Gate | None, NoDecode] = None
    documents: Path | None = None
    only_documents: bool = False
    clients: Annotated[frozenset[str], NoDecode] = frozenset()
    budgets: Annotated[dict[str, Budget] | None, NoDecode] = None
    cache_seconds: Annotated[int, Field(ge=0)] = 0
    budgets_redis: SecretStr = SecretStr("")
    operation_seconds: Annotated[float, Field(gt=0)] = 10.0
    body_seconds: Annotated[float, Field(gt=0)] = 10.0

    @field_validator("clients", mode="before")
    @classmethod
    def _names(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        return frozenset(name for each in given.split(",") if (name := each.strip()))

    @field_validator("introspection", mode="before")
    @classmethod
    def _gate(cls, given: Any) -> Any:
        return read_gate(given)

    @field_validator("budgets", mode="before")
    @classmethod
    def _by_role(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given.strip() == OFF:
            return {}
        found = [_BUDGET.fullmatch(each.strip()) for each in given.split(",")]
        roles = {
            each["role"]: Budget(int(each["size"]), float(each["refill"])) for each in found if each
        }
        whole = len(roles) == len(found) and ANONYMOUS in roles and roles.keys() <= _HAVE_BUDGETS
        if not whole or any(each.size < LEAST_BUDGET or not each.refill for each in roles.values()):
            raise ValueError(
                f"must be `{OFF}`, or the budgets of roles, of `{AUTHENTICATED}`, and always of "
                f"`{ANONYMOUS}`, as role=objects/objects a second, with commas between them; "
                f"{LEAST_BUDGET} objects at least: {ANONYMOUS}=100000/2000"
            )
        return roles

    @property
    def budgets_in_force(self) -> Mapping[str, Budget]:
        """What callers may ask for, by role; nothing where nobody is charged: in development, unless said."""
        if self.budgets is not None:
            return self.budgets
        return {} if self.development else {ANONYMOUS: DEFAULT_BUDGET}

    @property
    def development(self) -> bool:
        """Say whether the explorer and the sample are there."""
        return self.profile is Profile.DEVELOPMENT

    @property
    def told_of_schema(self) -> Needs | None:
        """The roles that are told of the schema, None for nobody: all in development, unless it is said."""
        return needs_of(self.development if self.introspection is None else self.introspection)

    @property
    def limits(self) -> Limits:
        """The limits of one document."""
        return Limits(
            characters=self.max_characters,
            tokens=self.max_tokens,
            depth=self.max_depth,
            directives=self.max_directives,
            aliases=self.max_aliases,
            nodes=self.max_nodes,
            comparisons=self.max_comparisons,
            fields=self.max_fields,
            values=self.max_values,
            deferred=self.max_deferred,
            seconds=self.operation_seconds,
        )

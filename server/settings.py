"""Every setting of the server, read once from the environment; docs/settings.md lists them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from schema.subgraphs import Domain
from server.access_settings import AccessSettings
from server.contract_settings import ContractSettings, Profile

EMBEDDED: Final = "embedded"
PORT: Final = "CONTENT_GRAPH_PORT"
SCHEMES: Final = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})
GUESSED_FIRST: Final = frozenset({"neo4j", "password", "admin", "root", "changeme", "secret"})

Kind = TypeVar("Kind", bound=ContractSettings)


class SettingsError(Exception):
    """The settings cannot stand together; the message says which and what to do."""

    code = "SETTINGS_INVALID"


class Settings(AccessSettings):
    """The server's settings; frozen, passed to `create_app`, imported by nothing below `server`."""

    uri: str = ""
    user: str = "neo4j"
    password: SecretStr = SecretStr("")
    database: str = "neo4j"
    reads: Literal["bolt", "driver"] = "bolt"

    data: Path = Path("var")
    heap_mb: Annotated[int, Field(ge=128, le=262_144)] = 1024
    sample: bool | None = None

    subgraph: Domain | None = None

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(
        default=8000, validation_alias=AliasChoices(PORT, "PORT")
    )

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    otlp_endpoint: str = Field(default="", validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    metrics_exporter: Literal["otlp", "none"] = Field(
        default="otlp", validation_alias="OTEL_METRICS_EXPORTER"
    )

    @field_validator("uri")
    @classmethod
    def _known_uri(cls, uri: str) -> str:
        if uri in {"", EMBEDDED}:
            return uri
        parts = urlsplit(uri)
        try:
            known = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
        except ValueError:  # No number, or none of a port.
            known = False
        # Only routing takes a context; the driver would refuse one elsewhere.
        context = parts.query and not parts.scheme.startswith("neo4j")
        if not known or parts.path not in {"", "/"} or context or parts.fragment:
            raise ValueError(
                "must be empty or `embedded` for the embedded engine, or an address such as "
                "neo4j://host:7687 (bolt, neo4j, and both with +s or +ssc)"
            )
        if parts.username or parts.password:
            raise ValueError("must not hold a user or password; give them as settings of their own")
        return uri

    @model_validator(mode="after")
    def _only_what_is_given(self) -> Self:
        if self.only_documents and self.documents is None:
            raise ValueError(
                "CONTENT_GRAPH_ONLY_DOCUMENTS: wants CONTENT_GRAPH_DOCUMENTS, a manifest"
            )
        return self

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        if self.profile is not Profile.PRODUCTION:
            return self
        wrong: list[str] = []
        if not self.uri:
            wrong.append(
                "CONTENT_GRAPH_URI: production wants a choice: the address of a Neo4j, or "
                "`embedded` for the engine in the data folder"
            )
        elif not self.embedded:
            password = self.password.get_secret_value()
            if not password:
                wrong.append("CONTENT_GRAPH_PASSWORD: production wants the database's password")
            elif password.lower() in GUESSED_FIRST:
                wrong.append("CONTENT_GRAPH_PASSWORD: is one that is guessed first; choose another")
        elif "data" not in self.model_fields_set:
            wrong.append("CONTENT_GRAPH_DATA: production wants the folder that holds the data")
        if self.sample:
            wrong.append("CONTENT_GRAPH_SAMPLE: the sample is for development only")
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    @property
    def embedded(self) -> bool:
        """Say whether the engine is the embedded one."""
        return self.uri in {"", EMBEDDED}

    @property
    def load_sample(self) -> bool:
        """Say whether an empty graph gets the sample: somebody else's Neo4j only if asked for."""
        return self.development and (self.embedded if self.sample is None else self.sample)


def load_settings(**given: Any) -> Settings:
    """Read the environment, with what the command line gave on top.

    Raises SettingsError, a line for each setting that is wrong; no value is shown.
    """
    return _loaded(Settings, given)


def load_contract_settings() -> ContractSettings:
    """Read of the environment what needs no graph; raises as `load_settings` does."""
    return _loaded(ContractSettings, {})


def _loaded(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    try:
        return kind(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_plain(error, given))) from None


def _plain(error: ValidationError, given: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        message = problem["msg"].removeprefix("Value error, ")
        where = str(problem["loc"][0]) if problem["loc"] else ""
        if where == PORT and "port" not in given and not os.environ.get(PORT):
            where = "PORT"  # Two names set it, and the first is blamed for both.
        lines.append(f"{setting_name(where)}: {message}" if where else message)
    return lines


def setting_name(field: str) -> str:
    """Return the environment's name of a field (or of an alias, which is one already)."""
    return field if field.isupper() else f"CONTENT_GRAPH_{field.upper()}"


__all__ = [
    "ContractSettings",
    "Profile",
    "Settings",
    "SettingsError",
    "load_contract_settings",
    "load_settings",
    "setting_name",
]

"""Where a graph answers: what the driver needs to reach one engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Dialect(StrEnum):
    """The engine behind an endpoint; the few differences in Cypher hang on it."""

    EMBEDDED = "embedded"
    NEO4J = "neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One database reachable over Bolt. The password never shows in its repr.

    ``folder`` is where its data lies, for an engine of this machine.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str
    dialect: Dialect
    folder: str | None = None

    @property
    def auth(self) -> tuple[str, str]:
        """The pair the driver takes as ``auth``."""
        return (self.user, self.password)

"""What a caller asks of the schema, in whatever way it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLRequest:
    """One operation as the caller sent it."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]
    by_get: bool
    document_id: str | None = None
    """The id that stands for the document, where `query` may be empty."""
    explain: bool = False
    """Whether the caller asks, and may see, how the answer came about."""

"""Who uses which documents: a metric, by trusted document and the name of a client that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opentelemetry import metrics

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from starlette.datastructures import Headers

    from server.persisted import Resolved

CLIENT_HEADERS: Final = ("graphql-client-name", "apollographql-client-name")
UNNAMED: Final = "unnamed"
OTHER: Final = "other"

_uses = metrics.get_meter("content_graph.server").create_counter(
    "content_graph.document.uses", description="Operations by document and client."
)


def count_use(resolved: Resolved, client: str) -> None:
    """Count an operation; documents outside the manifest are one."""
    _uses.add(
        1,
        {
            "graphql.document.id": resolved.trusted or OTHER,
            "content_graph.client.name": client,
        },
    )


def client_name(headers: Headers, known: AbstractSet[str]) -> str:
    """Return the name that a client gives itself, `other` unless it is known: anyone may say anything."""
    name = next((told for header in CLIENT_HEADERS if (told := headers.get(header))), UNNAMED)
    return name if name in known or name == UNNAMED else OTHER

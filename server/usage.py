"""Who uses which documents: a metric, by trusted document and client name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opentelemetry import metrics

if TYPE_CHECKING:
    from starlette.datastructures import Headers

    from server.persisted import Resolved

CLIENT_HEADERS: Final = ("graphql-client-name", "apollographql-client-name")
MOST_CLIENTS: Final = 100
LONGEST_NAME: Final = 64
UNNAMED: Final = "unnamed"
OTHER: Final = "other"

_uses = metrics.get_meter("content_graph.server").create_counter(
    "content_graph.document.uses", description="Operations by document and client."
)
_clients: set[str] = set()


def count_use(resolved: Resolved, headers: Headers) -> None:
    """Count an operation; documents outside the manifest, and clients over a hundred, are one each."""
    _uses.add(
        1,
        {
            "graphql.document.id": resolved.trusted or OTHER,
            "content_graph.client.name": client_name(headers),
        },
    )


def client_name(headers: Headers) -> str:
    """Return the name that a client gives itself; names beyond the first hundred are `other`."""
    name = next((told for header in CLIENT_HEADERS if (told := headers.get(header))), UNNAMED)
    name = name[:LONGEST_NAME]
    if name not in _clients:
        if len(_clients) >= MOST_CLIENTS:
            return OTHER
        _clients.add(name)
    return name

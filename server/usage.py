"""Who uses which documents: a metric, by trusted document and the name of a client that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from opentelemetry import metrics

from execution.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from starlette.datastructures import Headers

    from execution.checking import Prepared
    from server.persisted import Resolved

CLIENT_HEADERS: Final = ("graphql-client-name", "apollographql-client-name")
UNNAMED: Final = "unnamed"
OTHER: Final = "other"

MOST_TOLD: Final = 10_000

_log = structlog.stdlib.get_logger("content_graph.usage")
_told: Kept[bool] = Kept(MOST_TOLD)
_deprecated = metrics.get_meter("content_graph.server").create_counter(
    "content_graph.deprecated.uses",
    description="Uses of what is deprecated, by document and client.",
)
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


def count_deprecated(resolved: Resolved, client: str, prepared: Prepared) -> None:
    """Count each use of what is deprecated; the first one of a document and a client is logged."""
    document = resolved.trusted or OTHER
    for coordinate in prepared.deprecated:
        _deprecated.add(
            1,
            {
                "content_graph.schema.coordinate": coordinate,
                "graphql.document.id": document,
                "content_graph.client.name": client,
            },
        )
    key = f"{client} {prepared.id}"
    if prepared.deprecated and not _told.get(key):
        _told.put(key, value=True, takes=1)
        _log.info(
            "a document uses what is deprecated",
            document=resolved.trusted or prepared.id,
            client=client,
            coordinates=list(prepared.deprecated),
        )


def client_name(headers: Headers, known: AbstractSet[str]) -> str:
    """Return the name that a client gives itself, `other` unless it is known: anyone may say anything."""
    name = next((told for header in CLIENT_HEADERS if (told := headers.get(header))), UNNAMED)
    return name if name in known or name == UNNAMED else OTHER

"""Documents by id: trusted ones, from a manifest, and those that callers registered (APQ).

The id of a document is the SHA-256 of its text in hexadecimal digits, with or without `sha256:` before it; a
manifest may have ids of its own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from execution.checking import document_id
from execution.kept import Kept
from server.request_errors import (
    DocumentNotFoundError,
    DocumentNotTrustedError,
    RequestError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from execution.requests import GraphQLRequest
    from server.settings import Settings

FORMAT: Final = "apollo-persisted-query-manifest"
REGISTERED_BYTES: Final = 8_000_000
# What the stores take for each document, beside its text and its id.
_ENTRY_BYTES: Final = 300


class ManifestError(Exception):
    """The file holds no manifest of documents."""

    code = "MANIFEST_INVALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A request with its document's text; `trusted` is the id of a document of the manifest."""

    request: GraphQLRequest
    trusted: str | None = None
    registers: bool = False
    """Whether the document is to be remembered, once it was found to be valid."""


class PersistedDocuments:
    """What a server knows by id: the manifest's documents, and of the others some `bytes` of memory."""

    def __init__(
        self,
        trusted: Mapping[str, str] | None = None,
        *,
        only_trusted: bool = False,
        bytes: int = REGISTERED_BYTES,  # noqa: A002 - what it counts.
    ) -> None:
        self._trusted = dict(trusted or {})
        self._ids = {text: key for key, text in self._trusted.items()}
        self._only_trusted = only_trusted
        self._registered: Kept[str] = Kept(bytes)

    def resolve(self, request: GraphQLRequest) -> Resolved:
        """Return the request with its document.

        Raises DocumentNotFoundError for an id that nobody registered, DocumentNotTrustedError for a
        document that only a manifest would let in, and RequestError for a text of another id.
        """
        if request.document_id is None:
            return self._by_text(request)
        key = request.document_id.removeprefix("sha256:")
        text = (
            self._trusted.get(request.document_id)
            or self._trusted.get(key)
            or self._registered.get(key)
        )
        if not request.query:
            if text is None:
                raise DocumentNotFoundError("PersistedQueryNotFound")
            return Resolved(request=replace(request, query=text), trusted=self._ids.get(text))
        if text is not None:
            if text != request.query:
                raise RequestError("The document is not the one that the id stands for.")
            return Resolved(request=request, trusted=self._ids.get(text))
        known = self._by_text(request)
        if document_id(request.query) != key:
            raise RequestError("The id is not the SHA-256 of the document.")
        return replace(known, registers=True)

    def _by_text(self, request: GraphQLRequest) -> Resolved:
        trusted = self._ids.get(request.query)
        if self._only_trusted and trusted is None:
            raise DocumentNotTrustedError("This server takes only documents that it was given.")
        return Resolved(request=request, trusted=trusted)

    def remember(self, request: GraphQLRequest) -> None:
        """Keep a document that was found to be valid, forgetting the longest unused ones."""
        key = (request.document_id or "").removeprefix("sha256:")
        self._registered.put(key, request.query, taken(key) + taken(request.query))


def taken(text: str) -> int:
    """Return what a registered text takes in memory, in bytes."""
    return _ENTRY_BYTES + sys.getsizeof(text)


def persisted_documents(settings: Settings) -> PersistedDocuments:
    """Return what the settings say is known by id; raises ManifestError."""
    trusted = read_manifest(settings.documents) if settings.documents else None
    return PersistedDocuments(trusted, only_trusted=settings.only_documents)


def read_manifest(path: Path) -> dict[str, str]:
    """Return the documents of a manifest by id; raises ManifestError.

    It may be Apollo's (an object with `operations`), or a plain object of ids and documents, as
    Relay's compiler and GraphQL Code Generator write it.
    """
    try:
        told: Any = json.loads(path.read_bytes(), object_pairs_hook=_Pairs)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"{path} is not JSON: {error}.") from None
    try:
        pairs = _pairs(told)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ManifestError(f"{path} is no manifest of documents.") from None
    documents: dict[str, str] = {}
    for key, text in pairs:
        if not isinstance(key, str) or not isinstance(text, str):
            raise ManifestError(
                f"{path} is no manifest of documents: an id or a text is no string."
            )
        if not key.strip() or not text.strip():
            raise ManifestError(f"{path} has an empty id, or an empty text: {key!r}.")
        if key in documents:
            raise ManifestError(f"{path} has two documents of the id {key!r}.")
        documents[key] = text
    return documents


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it is written: a key that stands there twice is not lost."""


def _pairs(told: Any) -> list[tuple[Any, Any]]:
    """Return the ids and documents of a manifest; raises one of several errors for what is none."""
    if not isinstance(told, _Pairs):
        raise TypeError("no object")
    whole = dict(told)
    if whole.get("format") != FORMAT:
        return list(told)
    return [(each["id"], each["body"]) for each in map(dict[str, Any], whole["operations"])]

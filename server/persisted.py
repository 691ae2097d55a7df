"""Documents by id: trusted ones, from a manifest, and those that callers registered (APQ).

The id of a document is the SHA-256 of its text in hexadecimal digits, with or without `sha256:` before it; a
manifest may have ids of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

import orjson

from execution.documents import document_id
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
    """What a server knows by id: the manifest's documents, and of the others `characters` of text."""

    def __init__(
        self,
        trusted: Mapping[str, str] | None = None,
        *,
        only_trusted: bool = False,
        characters: int = 2_000_000,
    ) -> None:
        self._trusted = dict(trusted or {})
        self._ids = {text: key for key, text in self._trusted.items()}
        self._only_trusted = only_trusted
        self._registered: OrderedDict[str, str] = OrderedDict()
        self._room = characters

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
            if key in self._registered:
                self._registered.move_to_end(key)
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
        if key in self._registered:
            return
        self._registered[key] = request.query
        self._room -= len(request.query)
        while self._room < 0:
            _, oldest = self._registered.popitem(last=False)
            self._room += len(oldest)


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
        told: Any = orjson.loads(path.read_bytes())
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from None
    except orjson.JSONDecodeError as error:
        raise ManifestError(f"{path} is not JSON: {error}.") from None
    try:
        if told.get("format") == FORMAT:
            documents = {each["id"]: each["body"] for each in told["operations"]}
        else:
            documents = cast("dict[Any, Any]", told)
    except (AttributeError, KeyError, TypeError):
        raise ManifestError(f"{path} is no manifest of documents.") from None
    if not all(isinstance(text, str) for pair in documents.items() for text in pair):
        raise ManifestError(f"{path} is no manifest of documents: an id or a text is no string.")
    return documents

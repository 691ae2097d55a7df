"""Requests that are refused before GraphQL sees them, or for how they came: each with a status.

RequestError
└── one class a code, listed in docs/errors.md
"""

from __future__ import annotations

from typing import ClassVar


class RequestError(Exception):
    """The request is refused before GraphQL sees it, or for how it came."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "BAD_REQUEST"
    headers: ClassVar[dict[str, str]] = {}


class InvalidTokenError(RequestError):
    """The caller says who it is, and does not prove it: it is not anonymous for that.

    No message repeats anything of the token.
    """

    status = 401
    code = "UNAUTHENTICATED"
    headers: ClassVar[dict[str, str]] = {
        "www-authenticate": 'Bearer realm="content-graph", error="invalid_token"'
    }


class IssuerUnavailableError(RequestError):
    """Nobody can say whether a token is its issuer's: the issuer does not answer."""

    status = 503
    code = "ISSUER_UNAVAILABLE"
    headers: ClassVar[dict[str, str]] = {"retry-after": "10"}


class MethodNotAllowedError(RequestError):
    """Another method than GET or POST."""

    status = 405
    code = "METHOD_NOT_ALLOWED"
    headers: ClassVar[dict[str, str]] = {"allow": "GET, POST"}


class MutationByGetError(MethodNotAllowedError):
    """A mutation by GET."""

    headers: ClassVar[dict[str, str]] = {"allow": "POST"}


class NotAcceptableError(RequestError):
    """The caller takes none of the two media types."""

    status = 406
    code = "NOT_ACCEPTABLE"


class BodyTimeoutError(RequestError):
    """The body did not come in time."""

    status = 408
    code = "REQUEST_TIMEOUT"
    headers: ClassVar[dict[str, str]] = {"connection": "close"}


class PayloadTooLargeError(RequestError):
    """The body is larger than the limit, as declared or as it came."""

    status = 413
    code = "PAYLOAD_TOO_LARGE"
    headers: ClassVar[dict[str, str]] = {"connection": "close"}


class UnsupportedMediaTypeError(RequestError):
    """The body is no UTF-8 JSON, or is encoded."""

    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    headers: ClassVar[dict[str, str]] = {
        "accept-post": "application/json",
        "accept-encoding": "identity",
    }


class DocumentNotFoundError(RequestError):
    """Nobody registered a document by that id: the caller may send it, and the id, once more.

    Told as what GraphQL refuses is, which Apollo's clients rely on: with 200 in the older media type.
    """

    code = "PERSISTED_QUERY_NOT_FOUND"


class DocumentNotTrustedError(RequestError):
    """Only documents of the manifest run here, and this is none."""

    status = 403
    code = "DOCUMENT_NOT_TRUSTED"

"""The token that a request brings, as a text: nothing in it is believed yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote_to_bytes

from server.request_errors import InvalidTokenError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import HTTPConnection

LONGEST_TOKEN: Final = 8_192
SCHEME: Final = "bearer"

# A signed JWT in its compact form: three parts, of which the last is the signature.
_SIGNED: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_IN_ADDRESS: Final = b"access_token"


def bearer_token(request: HTTPConnection) -> str | None:
    """Return the token of the header `Authorization`, or None where there is no such header.

    Raises InvalidTokenError for a header that has no signed token, and RequestError for a token in the
    address, where logs and histories keep it.
    """
    query: bytes = request.scope.get("query_string", b"")
    if _IN_ADDRESS in unquote_to_bytes(query) and any(
        name == _IN_ADDRESS for name, _ in parse_qsl(query, keep_blank_values=True)
    ):
        raise RequestError("A token comes in the header `Authorization`, never in the address.")
    return token_in(request.headers.getlist("authorization"))


def token_in(told: Sequence[str]) -> str | None:
    """Return the token in what is told as `Authorization`; None for nothing. Raises InvalidTokenError."""
    if not told:
        return None
    if len(told) > 1:
        raise InvalidTokenError("There are two headers `Authorization`.")
    scheme, _, token = told[0].partition(" ")
    token = token.strip(" ")
    if scheme.lower() != SCHEME:
        raise InvalidTokenError("`Authorization` has to be `Bearer`, and a token.")
    if len(token) > LONGEST_TOKEN:
        raise InvalidTokenError(f"The token is longer than {LONGEST_TOKEN} characters.")
    if not _SIGNED.fullmatch(token):
        raise InvalidTokenError("The token is no signed JWT.")
    return token

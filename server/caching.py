"""Answers that may be kept: an entity tag for them, and 304 for who has the answer already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Sequence


def cacheable(response: Response, *, seconds: int, private: bool, known: Sequence[str]) -> Response:
    """Return the response with its entity tag, or without its body where that is among the `known`.

    What may be kept for no time is asked for again each time, and often not sent again.
    """
    # Two media types are two representations, and of one address.
    media = response.headers["content-type"].encode()
    tag = f'"{hashlib.sha256(media + bytes(response.body)).hexdigest()[:32]}"'
    whose = "private" if private else "public"
    response.headers["cache-control"] = (
        f"{whose}, {f'max-age={seconds}' if seconds else 'no-cache'}"
    )
    response.headers["etag"] = tag
    if not _matches(tag, known):
        return response
    kept = ("cache-control", "etag", "vary")
    return Response(status_code=304, headers={name: response.headers[name] for name in kept})


def _matches(tag: str, known: Sequence[str]) -> bool:
    """Say whether `If-None-Match` has the tag; weak ones match as well, as the standard says."""
    told = {each.strip().removeprefix("W/") for line in known for each in line.split(",")}
    return tag in told or "*" in told

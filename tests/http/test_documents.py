"""Documents are parsed and checked once, and what is kept of them is bounded."""

from __future__ import annotations

from execution.documents import Documents
from execution.limits import Limits
from tests.http.small_schema import small_schema

SCHEMA = small_schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as execution.operations.


def documents(limits: Limits | None = None, *, room: int = 1_000) -> Documents:
    """Return an empty store."""
    return Documents(SCHEMA, limits or Limits(), room=room)


def test_a_document_is_prepared_once() -> None:
    """Also one that is refused."""
    kept = documents()
    assert kept.prepare("{ hello }") is kept.prepare("{ hello }")
    assert kept.prepare("{ nothing }") is kept.prepare("{ nothing }")


def test_what_is_kept_is_bounded_by_tokens() -> None:
    """`{hello}` has three tokens, so six hold two documents; the longest unused one goes."""
    kept = documents(room=6)
    first, second = kept.prepare("{hello}"), kept.prepare("{hello }")
    assert kept.prepare("{hello}") is first
    kept.prepare("{ hello}")
    assert kept.prepare("{hello}") is first
    assert kept.prepare("{hello }") is not second


def test_what_is_over_a_limit_is_not_kept() -> None:
    """It is refused again as soon as it comes again."""
    kept = documents(Limits(tokens=3))
    text = "{hello hello}"
    assert kept.prepare(text).code == "TOO_MANY_TOKENS"
    assert kept.prepare(text) is not kept.prepare(text)

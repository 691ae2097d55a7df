"""Documents are parsed and checked once, and what is kept of them is bounded."""

from __future__ import annotations

import asyncio

from execution.documents import DOCUMENT_TOKENS, SHORT_TOKENS, Documents
from execution.limits import Limits
from tests.http.small_schema import small_schema

SCHEMA = small_schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as execution.operations.


def documents(limits: Limits | None = None, *, room: int = 1_000) -> Documents:
    """Return an empty store."""
    return Documents(SCHEMA, limits or Limits(), room=room)


async def test_a_document_is_prepared_once() -> None:
    """Also one that is refused."""
    kept = documents()
    assert await kept.prepare("{ hello }") is await kept.prepare("{ hello }")
    assert await kept.prepare("{ nothing }") is await kept.prepare("{ nothing }")


async def test_what_is_kept_is_bounded_by_tokens() -> None:
    """`{hello}` has three tokens and what every document takes; the longest unused one goes."""
    kept = documents(room=2 * (DOCUMENT_TOKENS + 3))
    first, second = await kept.prepare("{hello}"), await kept.prepare("{hello }")
    assert await kept.prepare("{hello}") is first
    await kept.prepare("{ hello}")
    assert await kept.prepare("{hello}") is first
    assert await kept.prepare("{hello }") is not second


async def test_what_is_over_a_limit_is_not_kept() -> None:
    """It is refused again as soon as it comes again."""
    kept = documents(Limits(tokens=3))
    text = "{hello hello}"
    assert (await kept.prepare(text)).code == "TOO_MANY_TOKENS"
    assert await kept.prepare(text) is not await kept.prepare(text)


LONG = "{" + " ".join(f"a{number}: hello" for number in range(SHORT_TOKENS)) + "}"


async def test_who_asks_for_a_short_document_does_not_wait_for_a_long_one() -> None:
    """What is long is validated aside, once for all who ask for it at the same time."""
    kept = documents(Limits(aliases=1_000), room=10_000)
    both = [asyncio.create_task(kept.prepare(LONG)) for _ in range(2)]
    await asyncio.sleep(0)
    assert (await kept.prepare("{hello}")).document
    assert not any(task.done() for task in both)
    first, second = await asyncio.gather(*both)
    assert first is second
    assert first.document
    assert await kept.prepare(LONG) is first


async def test_who_gives_up_takes_nobody_along() -> None:
    """Others still get the document that is being checked."""
    kept = documents(Limits(aliases=1_000), room=10_000)
    leaving, staying = (asyncio.create_task(kept.prepare(LONG)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).document
    assert leaving.cancelled()

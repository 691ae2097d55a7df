"""Documents are parsed and checked once, and what is kept of them is bounded."""

from __future__ import annotations

import asyncio

import pytest

from execution.checking import DOCUMENT_TOKENS, MOST_ERRORS
from execution.documents import MOST_COMING, SHORT_TOKENS, Documents, ServerBusyError
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


def long(number: int) -> str:
    """Return one of many long documents."""
    return LONG.replace("hello}", f"hello b{number}: hello}}")


async def test_only_so_many_long_documents_wait() -> None:
    """More are refused by name, and taken again once there is room; short ones never wait."""
    kept = documents(Limits(aliases=1_000), room=100_000)
    waiting = [asyncio.create_task(kept.prepare(long(number))) for number in range(MOST_COMING)]
    await asyncio.sleep(0)
    with pytest.raises(ServerBusyError):
        await kept.prepare(long(MOST_COMING))
    assert (await kept.prepare("{hello}")).document
    assert all([(await task).document for task in waiting])
    assert (await kept.prepare(long(MOST_COMING))).document


async def test_what_nobody_waits_for_any_more_leaves_its_place() -> None:
    """It is not checked, unless that has begun."""
    kept = documents(Limits(aliases=1_000), room=100_000)
    tasks = [asyncio.create_task(kept.prepare(long(number))) for number in range(MOST_COMING)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await kept.prepare(LONG)).document
    assert not kept.known(long(MOST_COMING - 1))


async def test_plans_take_their_part_of_what_is_kept() -> None:
    """A document whose plans take much makes others go."""
    kept = documents(room=3 * (DOCUMENT_TOKENS + 3))
    first = await kept.prepare("{hello}")
    await kept.prepare("{hello }")
    kept.grew("{hello }", DOCUMENT_TOKENS)
    assert await kept.prepare("{hello}") is first
    kept.grew("{hello}", DOCUMENT_TOKENS)
    assert not kept.known("{hello }")
    assert kept.known("{hello}")


async def test_only_so_many_errors_are_told() -> None:
    """Each may repeat what it refuses: without a bound that grows with the square of its length."""
    text = "{ nest(value: {" + " ".join(f"a{number}: 1" for number in range(90)) + "}) }"
    prepared = await documents().prepare(text)
    assert prepared.code == "GRAPHQL_VALIDATION_FAILED"
    assert len(prepared.errors) == MOST_ERRORS + 1
    assert "limit reached" in prepared.errors[-1].message

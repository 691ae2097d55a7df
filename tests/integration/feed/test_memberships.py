"""What a membership granted ends with it, also for what was opened before."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio

from resolvers import feed as feeds
from resolvers.errors import Forbidden
from server.settings import Settings
from tests.authentication.issuing import AUDIENCE, issuing
from tests.integration.feed.serving import connected, listening_by_events, serving

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from graph.engines import Endpoint
    from tests.authentication.issuing import Issuer
    from tests.integration.feed.serving import Server, Socket, Stream
    from tests.reads.asking import CountedGraph

ROLES = "{ viewer { roles } }"


@dataclass(frozen=True, slots=True)
class Member:
    """An editor by membership, and the server where they are one."""

    server: Server
    issuer: Issuer
    membership: str

    def token(self, **claims: Any) -> str:
        """Return a token of theirs, which tells no role."""
        return self.issuer.token(sub="bob", roles=[], **claims)

    async def put_out(self) -> None:
        """End the membership, as an admin does."""
        root = self.issuer.token(sub="root", roles=["admin"])
        given = f'{{id: "{self.membership}"}}'
        ended = await asked(
            self.server, root, f"endMembership(input: {given}) {{ errors {{ code }} }}"
        )
        assert ended == {"errors": []}

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[tuple[Stream, Socket]]:
        """Yield a stream and a socket of theirs, both of which were told a change."""
        token = self.token()
        async with AsyncExitStack() as stack:
            stream = await stack.enter_async_context(listening_by_events(self.server, token))
            socket = await stack.enter_async_context(connected(self.server))
            await socket.init(Authorization=f"Bearer {token}")
            await socket.subscribe("roles", ROLES)
            assert (await socket.message())["payload"]["data"] == {"viewer": {"roles": ["EDITOR"]}}
            assert (await socket.message())["type"] == "complete"
            await socket.subscribe("changes")
            await self.server.until_listening(2)
            await self.server.maker.make("Artist")
            assert (await stream.changes(1))[0]["type"] == "Artist"
            assert (await socket.changes(1))[0]["type"] == "Artist"
            yield stream, socket


async def asked(server: Server, token: str, mutation: str) -> Any:
    """Return what a mutation of somebody is answered."""
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(
            server.graphql,
            json={"query": f"mutation {{ it: {mutation} }}"},
            headers={"authorization": f"Bearer {token}"},
        )
    body = answer.json()
    assert "errors" not in body, body
    return body["data"]["it"]


@pytest_asyncio.fixture
async def issuer() -> AsyncGenerator[Issuer]:
    """Yield an issuer whose server answers."""
    async with issuing() as issuer:
        yield issuer


@pytest_asyncio.fixture
async def member(
    graph: CountedGraph, scratch: Endpoint, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[Member]:
    """Yield an editor by membership alone."""
    del graph  # It is ready now.
    settings = Settings(
        issuer=issuer.name,
        audience=AUDIENCE,
        jwks_url=issuer.jwks_url,
        data=tmp_path,
        anonymous_roles=frozenset(),
        operation_seconds=120,
    )
    async with serving(scratch, settings) as server:
        root = issuer.token(sub="root", roles=["admin"])
        made = await asked(
            server, root, 'createOrganisation(input: {name: "Org"}) { organisation { id } }'
        )
        given = f'organisationId: "{made["organisation"]["id"]}", email: "bob@example.com", role: EDITOR'
        invited = await asked(
            server, root, f"inviteMember(input: {{{given}}}) {{ token membership {{ id }} }}"
        )
        bob = issuer.token(sub="bob", roles=[])
        given = f'{{token: "{invited["token"]}"}}'
        accepted = await asked(
            server, bob, f"acceptInvitation(input: {given}) {{ errors {{ code }} }}"
        )
        assert accepted == {"errors": []}
        yield Member(server, issuer, invited["membership"]["id"])


async def refused(stream: Stream, socket: Socket) -> list[str]:
    """Return why both end, each by its next message."""
    name, data = await stream.message()
    assert name == "next"
    assert "data" not in data
    assert await stream.message() == ("complete", None)
    message = await socket.message()
    assert (message["id"], message["type"]) == ("changes", "error")
    told = [data["errors"], message["payload"]]
    return [error["extensions"]["code"] for errors in told for error in errors]


async def test_who_is_put_out_is_told_nothing_any_more(member: Member) -> None:
    """What they listen to ends in place of the next change, and their socket grants nothing."""
    async with member.listening() as (stream, socket):
        await member.put_out()
        await member.server.maker.make("Work")
        assert await refused(stream, socket) == ["FORBIDDEN", "FORBIDDEN"]
        await socket.subscribe("roles", ROLES)
        assert (await socket.message())["payload"]["data"] == {"viewer": {"roles": []}}
        assert (await socket.message())["type"] == "complete"
        await socket.subscribe("again")
        [error] = (await socket.message())["payload"]["errors"]
        assert error["extensions"]["code"] == "FORBIDDEN"
    await member.server.let_go()


async def test_who_is_put_out_does_not_listen_on_in_silence(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is changed: what they may is looked at every so often."""
    monkeypatch.setattr(feeds, "LOOK_SECONDS", 0.1)
    async with member.listening() as (stream, socket):
        await member.put_out()
        assert await refused(stream, socket) == ["FORBIDDEN", "FORBIDDEN"]
    await member.server.let_go()


async def test_a_members_stream_ends_with_the_token(member: Member) -> None:
    """As any other does, though the membership goes on; without that it had not begun."""
    token = member.token(exp=int(time.time()) + 3)
    async with (
        connected(member.server) as socket,
        listening_by_events(member.server, token) as stream,
    ):
        await socket.init(Authorization=f"Bearer {token}")
        _, data = await stream.message()
        assert data["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert await stream.message() == ("complete", None)
        assert (await socket.closed())[0] == 4403
    await member.server.let_go()


async def test_what_may_not_be_told_any_more_is_left_out(member: Member) -> None:
    """By type, at the moment when it would be told; where nothing may be, what listens ends."""
    told: list[str] = ["Artist", "Work"]

    async def may() -> list[str]:
        if not told:
            raise Forbidden("no")
        return told

    feed, maker = member.server.service.feed, member.server.maker
    wanted = feeds.Wanted(types=frozenset({"Artist", "Work", "Party"}), told=may)
    listener = await feed.listen(wanted, lambda change: change.type)
    for label in ("Work", "Party", "Artist", "Work", "Artist"):
        await maker.make(label)
    assert await anext(listener) == "Work"
    assert await anext(listener) == "Artist"
    told.remove("Work")
    assert await anext(listener) == "Artist"
    told.append("Party")
    await maker.make("Party")
    assert await anext(listener) == "Party"
    told.clear()
    await maker.make("Artist")
    with pytest.raises(Forbidden):
        await anext(listener)
    await listener.aclose()
    await member.server.let_go()

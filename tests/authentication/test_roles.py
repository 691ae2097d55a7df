"""What roles open: the schema, plans, budgets; and what callers are told of themselves."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest
from starlette.requests import Request

from execution.budgets import Budget
from graph.client import connect
from graph.migrations import migrate
from resolvers.permission import Role
from schema.ids import key_of
from server.app import create_app
from server.authentication.development import sign
from server.authentication.fetching import Published
from server.authentication.issuers import Issuers, OpenIDIssuer
from server.authentication.key_sets import KeySet
from server.authentication.roles import roles_of
from server.callers import KNOWN_SECONDS, Callers
from server.service import Service
from server.settings import Settings, SettingsError, load_settings
from tests.authentication.asking import ask, data
from tests.authentication.issuing import AUDIENCE
from tests.http.asking import NOWHERE, client_of, codes

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from graph.engines import Endpoint
    from tests.authentication.issuing import Issuer

VIEWER = "{ viewer { subject roles } }"
INTROSPECTION = "{ __schema { queryType { name } } }"
TYPO = "{ hallo }"
NONE: set[Role] = set()
ANOTHER_ADMIN = """
MATCH (own:Membership {id: $id})
CREATE (:Membership {
  id: 'another', organisationId: own.organisationId, userId: 'bob', role: 'ADMIN', status: 'ACTIVE'
})
"""


@asynccontextmanager
async def real_schema(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the application with its own schema; no graph is behind it."""
    async with connect(NOWHERE) as graph:
        app = create_app(settings, service=Service(graph))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            yield client


@pytest.mark.parametrize(
    ("claims", "claim", "roles"),
    [
        ({"roles": ["editor", "emperor", 7, None]}, "roles", {Role.EDITOR}),
        ({"roles": "editor finance"}, "roles", {Role.EDITOR, Role.FINANCE}),
        ({"roles": ["EDITOR", " editor"]}, "roles", NONE),
        ({"roles": {"admin": True}}, "roles", NONE),
        ({}, "roles", NONE),
        ({"realm_access": {"roles": ["auditor"]}}, "realm_access.roles", {Role.AUDITOR}),
        ({"realm_access": "admin"}, "realm_access.roles", NONE),
        ({"https://a.example/roles": ["editor"]}, "https://a.example/roles", {Role.EDITOR}),
        ({"scope": "openid content-graph:auditor admin"}, "roles", {Role.AUDITOR}),
        (
            {"scope": "content-graph:service", "roles": ["viewer"]},
            "roles",
            {Role.SERVICE, Role.VIEWER},
        ),
    ],
)
def test_roles_are_read(claims: dict[str, Any], claim: str, roles: set[Role]) -> None:
    """Of the claim that is set, and of scopes; what is not ours is nothing."""
    assert roles_of(claims, claim) == roles


async def test_callers_are_told_who_they_are(
    settings_for: Callable[..., Settings], issuer: Issuer, tmp_path: Path
) -> None:
    """By planned execution and by graphql-core."""
    async with real_schema(settings_for()) as client:
        assert data(await ask(client, None, VIEWER)) == {
            "viewer": {"subject": None, "roles": ["ADMIN"]}
        }
        mine = {"subject": "mallory or not", "roles": ["RIGHTS_ANALYST"]}
        assert data(await ask(client, issuer.token(), VIEWER)) == {"viewer": mine}
        own = sign(tmp_path, "me", [Role.FINANCE, Role.EDITOR], 1)
        mine = {"subject": "me", "roles": ["EDITOR", "FINANCE"]}
        assert data(await ask(client, own, VIEWER)) == {"viewer": mine}
        both = f"{VIEWER[:-1]} __schema {{ __typename }} }}"
        assert data(await ask(client, own, both))["viewer"] == mine


async def test_anonymous_callers_have_the_roles_that_are_set(
    production_for: Callable[..., Settings], settings_for: Callable[..., Settings]
) -> None:
    """None in production, everything in development, unless it is said."""
    for settings, roles in (
        (production_for(), []),
        (production_for(anonymous_roles="viewer"), ["VIEWER"]),
        (settings_for(anonymous_roles="none"), []),
        (settings_for(anonymous_roles="viewer, editor"), ["VIEWER", "EDITOR"]),
    ):
        async with real_schema(settings) as client:
            nobody = {"viewer": {"subject": None, "roles": roles}}
            assert data(await ask(client, None, VIEWER)) == nobody


async def test_the_schema_is_told_to_roles(
    production_for: Callable[..., Settings], issuer: Issuer
) -> None:
    """Whoever asked first: what is kept of a document decides nothing for others."""
    async with client_of(production_for(introspection="editor")) as client:
        editor, admin, other = (
            issuer.token(roles=[role]) for role in ("editor", "admin", "viewer")
        )
        answers = {"__schema": {"queryType": {"name": "Query"}}}
        for token in (editor, None, admin, other, editor, None):
            answer = await ask(client, token, INTROSPECTION)
            if token in {editor, admin}:
                assert data(answer) == answers
            else:
                assert codes(answer) == ["INTROSPECTION_DISABLED"]
            told = (await ask(client, token, TYPO)).json()["errors"][0]["message"]
            assert ("Did you mean" in told) is (token in {editor, admin})


@pytest.mark.parametrize("query", [INTROSPECTION, "{ _service { sdl } }"])
async def test_what_gateways_are_told_is_the_schema(
    production_for: Callable[..., Settings], issuer: Issuer, query: str
) -> None:
    """The text as well, and nobody is told where nobody may be."""
    service = issuer.token(roles=["service"])
    async with real_schema(production_for(introspection="service")) as client:
        assert data(await ask(client, service, query))
        assert codes(await ask(client, None, query)) == ["INTROSPECTION_DISABLED"]
    async with real_schema(production_for()) as client:
        for token in (issuer.token(roles=["admin"]), None):
            assert codes(await ask(client, token, query)) == ["INTROSPECTION_DISABLED"]


async def test_plans_are_told_to_roles(
    production_for: Callable[..., Settings], issuer: Issuer
) -> None:
    """In production to administrators, unless it is said; to others the header says nothing."""
    admin, editor = issuer.token(roles=["admin"]), issuer.token(roles=["editor"])
    for given, told in ((None, {admin}), ("editor", {admin, editor}), ("false", set[str]())):
        async with real_schema(production_for(explain=given)) as client:
            for token in (admin, editor, None):
                body = (await ask(client, token, VIEWER, content_graph_plan="true")).json()
                assert ("plan" in body.get("extensions", {})) is (token in told)


async def test_budgets_go_by_subject_and_by_the_best_role(
    settings_for: Callable[..., Settings], issuer: Issuer
) -> None:
    """Wherever a subject asks from, and with whatever token of theirs."""
    budgets = {
        "anonymous": Budget(200, 0.001),
        "authenticated": Budget(300, 0.001),
        "editor": Budget(400, 0.001),
        "service": Budget(500, 0.001),
    }

    async def left(token: str | None) -> int:
        response = await ask(client, token, content_graph_cost="true")
        return response.json()["extensions"]["cost"]["available"]

    # A document of nine characters costs fourteen when it is met first, and one operation one.
    async with client_of(settings_for(budgets=budgets)) as client:
        assert await left(None) == 185
        assert await left(issuer.token(sub="a", roles=["viewer"])) == 299
        assert await left(issuer.token(sub="a", roles=["viewer"], jti="another")) == 298
        assert await left(issuer.token(sub="b", roles=[])) == 299
        assert await left(issuer.token(sub="b", roles=["editor", "service"])) == 499
        assert await left(issuer.token(sub="b", roles=["service"])) == 498
        assert await left(None) == 184


async def test_answers_to_somebody_are_for_nobody_else(
    settings_for: Callable[..., Settings], issuer: Issuer, tmp_path: Path
) -> None:
    """No cache between may keep them, nor give them what it keeps of others."""
    path = tmp_path / "manifest.json"
    path.write_bytes(orjson.dumps({"hello": "{ hello }"}))
    async with client_of(settings_for(documents=path, cache_seconds=30)) as client:
        told = {"authorization": f"Bearer {issuer.token()}"}
        for headers, kept in ((told, "private"), ({}, "public")):
            answer = await client.get("/graphql", params={"documentId": "hello"}, headers=headers)
            assert answer.headers["cache-control"] == f"{kept}, max-age=30"
            assert "Authorization" in answer.headers["vary"]


async def test_a_token_is_believed_for_its_time_only(issuer: Issuer) -> None:
    """Also one that was checked before: then its issuer is not asked, but the clock is."""
    clock = Clock(time.time())
    keys = KeySet(Published(issuer=issuer.name, jwks_url=issuer.jwks_url))
    known = OpenIDIssuer(issuer.name, AUDIENCE, "roles", keys)
    callers = Callers(Issuers([known]), clock=clock)
    short = int(clock.now) - 25  # It has ended, and the clocks may differ by thirty seconds.
    for token, until in ((issuer.token(), KNOWN_SECONDS), (issuer.token(exp=short), 0)):
        request = Request(
            {"type": "http", "headers": [(b"authorization", f"Bearer {token}".encode())]}
        )
        first = await callers.of(request)
        clock.now += until - 1
        assert (await callers.of(request) is first) is bool(until)
        clock.now += 1
        again = await callers.of(request)
        assert again is not first
        assert again == first


class Clock:
    """A clock that is set."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time it is set to."""
        return self.now


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"issuer": "https://issuer.example"}, "CONTENT_GRAPH_AUDIENCE"),
        ({"issuer": "http://issuer.example", "audience": "us"}, "CONTENT_GRAPH_ISSUER"),
        ({"issuer": "urn:content-graph:development", "audience": "us"}, "CONTENT_GRAPH_ISSUER"),
        ({"jwks_url": "https://issuer.example/keys"}, "CONTENT_GRAPH_JWKS_URL"),
        ({"jwks_url": "file:///etc/passwd"}, "CONTENT_GRAPH_JWKS_URL"),
        ({"anonymous_roles": "emperor"}, "CONTENT_GRAPH_ANONYMOUS_ROLES"),
        ({"anonymous_roles": ","}, "CONTENT_GRAPH_ANONYMOUS_ROLES"),
        ({"introspection": "emperor"}, "CONTENT_GRAPH_INTROSPECTION"),
        ({"explain": "maybe"}, "CONTENT_GRAPH_EXPLAIN"),
        ({"roles_claim": ""}, "CONTENT_GRAPH_ROLES_CLAIM"),
    ],
)
def test_settings_that_are_wrong_are_told(given: dict[str, Any], wrong: str) -> None:
    """At the start, by name."""
    with pytest.raises(SettingsError, match=f"^{wrong}: "):
        load_settings(**given)


async def test_memberships_grant_roles_beside_a_tokens(
    scratch: Endpoint, issuer: Issuer, settings_for: Callable[..., Settings]
) -> None:
    """From the next request on, and not after the membership has ended; each on the same server at once."""
    async with connect(scratch) as graph:
        await migrate(graph)
        app = create_app(settings_for(), service=Service(graph))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            token = issuer.token(sub="ada", roles=["finance"])

            async def told(query: str) -> Any:
                return data(await ask(client, token, query))

            assert (await told(VIEWER))["viewer"]["roles"] == ["FINANCE"]
            await told('mutation { createOrganisation(input: {name: "A"}) { errors { code } } }')
            found = await told("{ viewer { roles memberships { nodes { id } } } }")
            assert found["viewer"]["roles"] == ["VIEWER", "CREATOR", "RIGHTSHOLDER", "FINANCE"]
            [own] = found["viewer"]["memberships"]["nodes"]
            await graph.write(
                "another admin", [(ANOTHER_ADMIN, {"id": key_of("Membership", own["id"])})]
            )
            text = 'mutation { endMembership(input: {id: "%s"}) { errors { code } } }'
            assert (await told(text % own["id"]))["endMembership"] == {"errors": []}
            assert (await told(VIEWER))["viewer"]["roles"] == ["FINANCE"]

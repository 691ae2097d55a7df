"""People who ask, by name: each with the roles of a token, and those of their memberships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from resolvers.permission import Role, Viewer
from schema.ids import global_id

if TYPE_CHECKING:
    from tests.reads.asking import Answer, Asker

ERRORS: Final = "errors { code message path rule }"


class People:
    """Those who ask of one graph; a name with roles has them by token."""

    def __init__(self, ask: Asker) -> None:
        self.ask = ask
        self.graph = ask.graph

    async def viewer(self, name: str, *roles: Role) -> Viewer:
        """Return somebody as the server knows them now."""
        told = Viewer(subject=name, roles=frozenset(roles), user=f"user-of-{name}")
        return await self.ask.grants.in_force(told)

    async def of(self, name: str, *roles: Role) -> Asker:
        """Return somebody who asks."""
        return self.ask.seen_by(await self.viewer(name, *roles))

    async def asks(self, name: str, text: str, *roles: Role) -> Answer:
        """Return what somebody is answered, which is the same planned and on graphql-core."""
        ask = await self.of(name, *roles)
        planned, through_loaders = await ask(text), await ask.through_loaders(text)
        assert planned.body == through_loaders.body, (planned.body, through_loaders.body)
        return planned

    async def does(
        self, who: str, mutation: str, told: str, *roles: Role, **given: Any
    ) -> dict[str, Any]:
        """Return the payload of a change that somebody asks for."""
        ask = await self.of(who, *roles)
        fields = ", ".join(f"{name}: {_literal(value)}" for name, value in given.items())
        answer = await ask(
            f"mutation {{ it: {mutation}(input: {{{fields}}}) {{ {told} {ERRORS} }} }}"
        )
        return answer.data["it"]

    async def organisation(self, founder: str, name: str = "Org") -> str:
        """Return the id of a new organisation."""
        payload = await self.does(founder, "createOrganisation", "organisation { id }", name=name)
        assert payload["errors"] == []
        return payload["organisation"]["id"]

    async def member(
        self,
        admin: str,
        organisation: str,
        name: str,
        role: str = "VIEWER",
        *roles: Role,
        **term: str,
    ) -> str:
        """Return the id of a membership that somebody was invited to, and accepted."""
        invited = await self.does(
            admin,
            "inviteMember",
            "token membership { id status }",
            *roles,
            organisationId=organisation,
            email=f"{name}@example.com",
            role=Word(role),
            **term,
        )
        assert invited["errors"] == []
        assert invited["membership"]["status"] == "INVITED"
        payload = await self.does(
            name, "acceptInvitation", "membership { id status }", token=invited["token"]
        )
        assert payload["errors"] == []
        assert payload["membership"] == {"id": invited["membership"]["id"], "status": "ACTIVE"}
        return payload["membership"]["id"]


class Word(str):
    """A word of an enumeration."""

    __slots__ = ()


def user_id(name: str) -> str:
    """Return the id of somebody, as clients have it."""
    return global_id("User", f"user-of-{name}")


def codes(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return what is wrong, and where."""
    return [(each["code"], each["path"]) for each in payload["errors"]]


def _literal(value: Any) -> str:
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, cast('list[Any]', value)))}]"
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value).items()
        return f"{{{', '.join(f'{name}: {_literal(each)}' for name, each in fields)}}}"
    return json.dumps(value)

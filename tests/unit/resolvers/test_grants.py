"""What memberships grant, and for how long it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from graph.accounts.reads import Grant
from graph.errors import GraphUnavailable
from resolvers.grants import KNOWN_SECONDS, Grants, granted, roles_of
from resolvers.permission import NEVER_GRANTED, Role, Viewer

if TYPE_CHECKING:
    from graph.client import Graph

ADA = Viewer(subject="ada", roles=frozenset({Role.FINANCE}), user="u")


class Stored:
    """A graph that holds some memberships."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = rows
        self.reads = 0
        self.down = False

    async def read(self, *_: Any, **__: Any) -> Any:
        """Return the memberships."""
        self.reads += 1
        if self.down:
            raise GraphUnavailable("down")
        return self.rows


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def grants(stored: Stored, clock: Clock) -> Grants:
    """Return what looks a graph's memberships up."""
    return Grants(cast("Graph", stored), clock=clock)


@pytest.mark.parametrize("role", Role)
def test_no_membership_grants_what_is_of_the_whole_system(role: Role) -> None:
    """Not even one of that name; every other grants its own role."""
    assert not roles_of(role.name) & NEVER_GRANTED
    if role not in NEVER_GRANTED:
        assert roles_of(role.name) == {role}


def test_a_rightsholder_acts_for_where_they_are_one() -> None:
    """And nowhere else; what the token says is kept."""
    told = granted(ADA, {Grant("RIGHTSHOLDER", "b"), Grant("ADMIN", "a"), Grant("EDITOR", "c")})
    assert told.acts_for == ("a", "b")
    assert told.roles == {
        *(Role.FINANCE, Role.VIEWER, Role.CREATOR, Role.RIGHTSHOLDER, Role.EDITOR)
    }


async def test_it_is_looked_up_once_for_some_seconds() -> None:
    """Then again; and at once where somebody has it forgotten."""
    stored, clock = Stored(), Clock()
    known = grants(stored, clock)
    assert await known.in_force(ADA) is ADA
    stored.rows = (("CREATOR", "o"),)
    assert await known.in_force(ADA) is ADA
    assert stored.reads == 1
    clock.now = KNOWN_SECONDS
    assert Role.CREATOR in (await known.in_force(ADA)).roles
    stored.rows = ()
    known.forget()
    assert await known.in_force(ADA) is ADA
    assert stored.reads == 3


async def test_without_a_graph_a_token_is_all_there_is() -> None:
    """And what is granted is there again as soon as the graph is."""
    stored, clock = Stored(("CREATOR", "o")), Clock()
    known = grants(stored, clock)
    stored.down = True
    assert await known.in_force(ADA) is ADA
    stored.down = False
    assert Role.CREATOR in (await known.in_force(ADA)).roles


async def test_without_a_graph_what_was_known_last_holds() -> None:
    """However long it is down; what was forgotten was not known, and a graph that is back is asked."""
    stored, clock = Stored(("CREATOR", "o")), Clock()
    known = grants(stored, clock)
    assert Role.CREATOR in (await known.in_force(ADA)).roles
    stored.down = True
    for _ in range(3):
        clock.now += KNOWN_SECONDS
        assert Role.CREATOR in (await known.in_force(ADA)).roles
    stored.down, stored.rows = False, ()
    assert await known.in_force(ADA) is ADA
    stored.down, stored.rows = True, (("CREATOR", "o"),)
    known.forget()
    assert await known.in_force(ADA) is ADA


async def test_nobody_is_looked_up_without_a_name() -> None:
    """An anonymous caller has no memberships."""
    stored = Stored(("CREATOR", "o"))
    nobody = Viewer()
    assert await grants(stored, Clock()).in_force(nobody) is nobody
    assert stored.reads == 0

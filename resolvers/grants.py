"""What memberships grant: roles beside a token's, and the organisations that are acted for.

Looked up once for a user, and known for some seconds. Whoever changes a membership has all of it
forgotten in their process; another learns of it when its seconds are over.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.accounts.reads import grants_of
from graph.errors import GraphError
from resolvers.permission import GRANTED_BY_ADMINS, NEVER_GRANTED, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.accounts.reads import Grant
    from graph.client import Graph
    from resolvers.permission import Viewer

KNOWN_SECONDS: Final = 10.0
MOST_KNOWN: Final = 10_000

_GRANTABLE: Final = frozenset(Role) - NEVER_GRANTED


class Grants:
    """What the memberships of users grant; one per process."""

    def __init__(self, graph: Graph, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._graph = graph
        self._clock = clock
        self._known: OrderedDict[str, tuple[asyncio.Task[frozenset[Grant]], float]] = OrderedDict()

    async def in_force(self, viewer: Viewer) -> Viewer:
        """Return a viewer with what its memberships grant today, or the same where they grant nothing.

        While the graph cannot be read a viewer has what its token says: nothing else can be had either.
        """
        if viewer.user is None:
            return viewer
        try:
            grants = await asyncio.shield(self._of(viewer.user))
        except GraphError:
            self._known.pop(viewer.user, None)
            return viewer
        return granted(viewer, grants) if grants else viewer

    def forget(self) -> None:
        """Look everything up anew."""
        self._known.clear()

    def _of(self, user: str) -> asyncio.Task[frozenset[Grant]]:
        known = self._known.get(user)
        if known is not None and self._clock() < known[1] and not known[0].cancelled():
            return known[0]
        task = asyncio.create_task(grants_of(self._graph, user))
        self._known[user] = task, self._clock() + KNOWN_SECONDS
        self._known.move_to_end(user)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return task


def granted(viewer: Viewer, grants: Iterable[Grant]) -> Viewer:
    """Return a viewer with what is granted, beside what it has."""
    roles = set(viewer.roles)
    acts_for: set[str] = set()
    for grant in grants:
        added = roles_of(grant.role)
        roles |= added
        if Role.RIGHTSHOLDER in added:
            acts_for.add(grant.organisation)
    return replace(viewer, roles=frozenset(roles), acts_for=tuple(sorted(acts_for)))


def roles_of(membership: str) -> frozenset[Role]:
    """Return the roles that a membership grants: an organisation's admin has all that admins may grant."""
    if membership == Role.ADMIN.name:
        return GRANTED_BY_ADMINS
    return frozenset(role for role in _GRANTABLE if role.name == membership)

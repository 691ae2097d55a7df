"""What memberships grant: roles beside a token's, and the organisations that are acted for.

Looked up once for a user, and known for some seconds; longer only while the graph cannot be read. Whoever
changes a membership has all of it forgotten in their process; another learns of it when its seconds are over.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.accounts.reads import Grant, grants_of
from graph.errors import GraphError
from resolvers.permission import GRANTED_BY_ADMINS, NEVER_GRANTED, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.client import Graph
    from resolvers.permission import Viewer

KNOWN_SECONDS: Final = 10.0
MOST_KNOWN: Final = 10_000

_GRANTABLE: Final = frozenset(Role) - NEVER_GRANTED

_NOTHING: Final[frozenset[Grant]] = frozenset()


@dataclass(slots=True)
class _Known:
    """What is looked up of a user, until when it is believed, and what was known before it."""

    task: asyncio.Task[frozenset[Grant]]
    until: float
    before: frozenset[Grant]

    def last(self) -> frozenset[Grant]:
        """Return what was known last."""
        task = self.task
        failed = not task.done() or task.cancelled() or task.exception() is not None
        return self.before if failed else task.result()


class Grants:
    """What the memberships of users grant; one per process."""

    def __init__(self, graph: Graph, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._graph = graph
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def in_force(self, viewer: Viewer) -> Viewer:
        """Return a viewer with what its memberships grant today, or the same where they grant nothing.

        While the graph cannot be read a viewer has what was known last, or else what its token says: what
        it listens to does not end for that, and nothing else can be had.
        """
        if viewer.user is None:
            return viewer
        known = self._of(viewer.user)
        try:
            grants = await asyncio.shield(known.task)
        except GraphError:
            known.until = float("-inf")
            grants = known.before
        return granted(viewer, grants) if grants else viewer

    def forget(self) -> None:
        """Look everything up anew."""
        self._known.clear()

    def _of(self, user: str) -> _Known:
        known = self._known.get(user)
        if known is not None and self._clock() < known.until and not known.task.cancelled():
            return known
        before = known.last() if known is not None else _NOTHING
        task = asyncio.create_task(grants_of(self._graph, user))
        known = self._known[user] = _Known(task, self._clock() + KNOWN_SECONDS, before)
        self._known.move_to_end(user)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return known


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

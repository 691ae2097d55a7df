"""What a resolver may reach."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from graph.journal import Journal
from loaders import Loaders
from resolvers.feed import Feed
from resolvers.grants import Grants
from resolvers.permission import EVERYTHING, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The part of the schema that is served: its text for gateways, and the types it finds by key."""

    sdl: str = ""
    entities: frozenset[str] = frozenset()


@dataclass(slots=True)
class Context:
    """One request: its loaders, and nothing that could skip a layer.

    `field_spans` belongs to `schema.fields`: the open span of each relation's path.
    """

    loaders: Loaders
    served: Served = Served()
    viewer: Viewer = EVERYTHING
    writer: Journal | None = None
    """What carries changes out; None where nothing may be changed."""
    following: Feed | None = None
    """What tells of changes as they are made; None where nobody may listen."""
    grants: Grants | None = None
    """What memberships grant; None where nothing is looked up for callers."""
    anew: Callable[[], Awaitable[Viewer]] | None = None
    """Returns the viewer as they stand later, to what goes on; None where they stay what they are."""
    field_spans: dict[tuple[str, ...], Any] = field(default_factory=dict[tuple[str, ...], Any])

    @property
    def journal(self) -> Journal:
        """What carries changes out; raise LookupError where there is none."""
        if self.writer is None:
            raise LookupError("Nothing can be changed here.")
        return self.writer

    @property
    def feed(self) -> Feed:
        """What tells of changes as they are made; raise LookupError where nobody may listen."""
        if self.following is None:
            raise LookupError("Nobody can listen here.")
        return self.following

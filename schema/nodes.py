"""What has a global id, and what came in from a source."""

import strawberry

from resolvers import sources as source_resolvers
from schema import sources
from schema.fields import Info, Rowed, computed, interface, relation
from schema.ids import global_id
from schema.references import SourceRef


@interface
class Node:
    """Anything that has a global id; `node(id:)` finds it again."""

    key: strawberry.Private[str]

    @computed
    def id(self) -> strawberry.ID:
        """The global id: opaque, stable, and of one thing only."""
        return strawberry.ID(global_id(type(self).__name__, self.key))


@interface
class Sourced(Rowed):
    """Anything that came in from a source."""

    source_id: strawberry.Private[str]

    @relation
    async def source(self, info: Info) -> SourceRef | None:
        """Where this came from: a file, a feed or a generator."""
        row = await source_resolvers.by_id(info.context, self.source_id)
        return sources.Source.from_row(row) if row else None

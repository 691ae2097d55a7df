"""What has a global id, and what came in from a source."""

import strawberry

from schema.fields import Rowed, computed, interface
from schema.ids import global_id
from schema.lists import one
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

    source: SourceRef | None = one(
        "Where this came from: a file, a feed or a generator.", SourceRef, "source_id"
    )

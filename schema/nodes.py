"""What has a global id, and what came in from a source."""

import strawberry

from schema.fields import Rowed, interface, prop
from schema.ids import global_id
from schema.references import SourceRef
from schema.things import one


@interface
class Node:
    """Anything that has a global id; `node(id:)` finds it again."""

    key: strawberry.Private[str]

    id: strawberry.ID = prop(
        "The global id: opaque, stable, and of one thing only.",
        columns=("id",),
        read=global_id,
        typed=True,
    )


@interface
class Sourced(Rowed):
    """Anything that came in from a source."""

    source_id: strawberry.Private[str]

    source: SourceRef | None = one(
        "Where this came from: a file, a feed or a generator.", SourceRef, "source_id"
    )

"""What a caller asks of the schema, in whatever way it came."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from resolvers.permission import ANONYMOUS as NOBODY
from resolvers.permission import Viewer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from resolvers.permission import Needs

ANONYMOUS: Final = "anonymous"
AUTHENTICATED: Final = "authenticated"
"""Who has a name, and no role with a budget of its own."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as it is known: what tells it from others, its budget's role, and what it may do."""

    key: str = ""
    role: str = ANONYMOUS
    viewer: Viewer = NOBODY
    until: float = float("inf")
    """When what proves it ends, in seconds since 1970."""
    standing: Callable[[], Awaitable[tuple[str, Viewer]]] | None = field(
        default=None, compare=False, repr=False
    )
    """Looks up its budget's role and what it may do, as they are now; None where they do not change."""

    async def now(self) -> Caller:
        """Return the caller as it stands now; what it proved holds for as long as before."""
        if self.standing is None:
            return self
        role, viewer = await self.standing()
        return self if viewer is self.viewer else replace(self, role=role, viewer=viewer)

    async def viewer_now(self) -> Viewer:
        """Return what the caller may do now."""
        return (await self.now()).viewer

    def may(self, needs: Needs | None) -> bool:
        """Say whether the caller has one of the roles; None are those of nobody."""
        return needs is not None and self.viewer.may(needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLRequest:
    """One operation as the caller sent it."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]
    by_get: bool
    document_id: str | None = None
    """The id that stands for the document, where `query` may be empty."""
    explain: bool = False
    """Whether the caller asks, and may see, how the answer came about."""
    traced: bool = False
    """Whether the caller asks for a trace of the answer's fields, and may have it."""
    tells_cost: bool = False
    """Whether the caller asks what the answer cost."""
    caller: Caller = Caller()

"""Who asks, as far as a request tells: by a token, or else by an address."""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache, partial
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

from execution.kept import Kept
from execution.requests import ANONYMOUS, AUTHENTICATED, Caller
from resolvers.permission import ANONYMOUS as NOBODY
from server.authentication.bearer import bearer_token, token_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import HTTPConnection

    from execution.budgets import Budget
    from resolvers.permission import Viewer
    from server.authentication.issuers import Issuers, Proved

MOST_KNOWN: Final = 10_000
KNOWN_SECONDS: Final = 300.0
"""How long a token is believed without a look at its issuer's keys, which may have been withdrawn."""

# What one subscriber has at least: a budget an address would be none.
_PREFIX: Final = 64


async def as_told(viewer: Viewer) -> Viewer:
    """Return the viewer with the roles of its token alone."""
    return viewer


class Callers:
    """Tells who asks: a token is checked once, and known by its hash till it ends, or for some minutes.

    Callers without one are told apart by their addresses, and have the roles of `anonymous`. `budgets`
    are those of roles: a caller with several of them has the largest. `in_force` adds what memberships grant.
    """

    def __init__(
        self,
        issuers: Issuers,
        *,
        anonymous: Viewer = NOBODY,
        budgets: Mapping[str, Budget] | None = None,
        in_force: Callable[[Viewer], Awaitable[Viewer]] = as_told,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._issuers = issuers
        self._anonymous = anonymous
        self._budgets = budgets or {}
        self._in_force = in_force
        self._clock = clock
        self._known: Kept[tuple[Caller, float]] = Kept(MOST_KNOWN)

    async def of(self, request: HTTPConnection) -> Caller:
        """Return the caller of a request.

        Raises InvalidTokenError for a token that proves nothing, which is never taken for none, and
        IssuerUnavailableError where nobody can say whether it does.
        """
        token = bearer_token(request)
        return self.nameless(request) if token is None else await self._bearing(token)

    async def telling(self, authorization: str) -> Caller:
        """Return the caller who tells what the header `Authorization` has; raises as `of` does."""
        return await self._bearing(token_in([authorization]) or "")

    async def _bearing(self, token: str) -> Caller:
        key = hashlib.sha256(token.encode("ascii")).hexdigest()
        known = self._known.get(key)
        if known is not None and self._clock() < known[1]:
            return await known[0].now()
        proved = await self._issuers.proved(token)
        caller = self._named(proved)
        self._known.put(key, (caller, min(proved.until, self._clock() + KNOWN_SECONDS)), takes=1)
        return await caller.now()

    def nameless(self, request: HTTPConnection) -> Caller:
        """Return who asks as far as an address tells."""
        client = request.client
        return _nameless(client.host if client else "", self._anonymous)

    async def close(self) -> None:
        """Let go of what is under way."""
        await self._issuers.close()

    async def _standing(self, told: Viewer) -> tuple[str, Viewer]:
        """Return what a token's viewer may do now, with what its memberships grant, and its budget's role."""
        viewer = await self._in_force(told)
        return self._role(viewer), viewer

    def _named(self, proved: Proved) -> Caller:
        # A hash: budgets may be kept elsewhere, and names are nobody's business there.
        name = f"{proved.issuer}\n{proved.viewer.subject}".encode()
        key = hashlib.sha256(name).hexdigest()
        viewer = proved.viewer
        standing = partial(self._standing, viewer)
        return Caller(key, self._role(viewer), viewer, proved.until, standing)

    def _role(self, viewer: Viewer) -> str:
        """Return the role whose budget the caller has."""
        having = (role.value for role in viewer.roles if role.value in self._budgets)
        return max(having, key=self._worth, default=AUTHENTICATED)

    def _worth(self, role: str) -> tuple[int, float, str]:
        budget = self._budgets[role]
        return budget.size, budget.refill, role


@lru_cache(maxsize=4096)
def _nameless(host: str, viewer: Viewer) -> Caller:
    return Caller(network_of(host), ANONYMOUS, viewer)


def network_of(host: str) -> str:
    """Return an IPv4 address as it is, and of IPv6 the network that one subscriber has."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _PREFIX), strict=False))

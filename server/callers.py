"""Who asks, as far as a request tells: the one place that authentication has to fill in."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

from execution.requests import ANONYMOUS, Caller

if TYPE_CHECKING:
    from starlette.requests import Request

# What one subscriber has at least: a budget an address would be none.
_PREFIX: Final = 64


def caller_of(request: Request) -> Caller:
    """Return the caller of a request: nobody has a name yet, so it is known by its address."""
    client = request.client
    return _anonymous(client.host if client else "")


@lru_cache(maxsize=4096)
def _anonymous(host: str) -> Caller:
    return Caller(network_of(host), ANONYMOUS)


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

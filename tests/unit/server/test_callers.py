"""Who asks, told by an address where there is no token."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from execution.requests import Caller
from server.authentication.issuers import Issuers
from server.callers import Callers, network_of

NOBODY_IS_BELIEVED = Callers(Issuers([]))


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
async def test_one_subscriber_is_one_caller(host: str, network: str) -> None:
    """Whoever has an IPv6 address has as many as he likes."""
    assert network_of(host) == network
    request = Request({"type": "http", "headers": [], "client": (host, 1234)})
    assert await NOBODY_IS_BELIEVED.of(request) == Caller(network, "anonymous")


async def test_a_caller_without_an_address_is_one_too() -> None:
    """As behind a socket in the file system."""
    request = Request({"type": "http", "headers": [], "client": None})
    assert await NOBODY_IS_BELIEVED.of(request) == Caller("")

"""Who asks, told by its address."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from execution.requests import Caller
from server.callers import caller_of, network_of


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
def test_one_subscriber_is_one_caller(host: str, network: str) -> None:
    """Whoever has an IPv6 address has as many as he likes."""
    assert network_of(host) == network
    request = Request({"type": "http", "headers": [], "client": (host, 1234)})
    assert caller_of(request) == Caller(network, "anonymous")


def test_a_caller_without_an_address_is_one_too() -> None:
    """As behind a socket in the file system."""
    assert caller_of(Request({"type": "http", "headers": [], "client": None})) == Caller("")

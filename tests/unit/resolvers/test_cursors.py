"""Cursors and page sizes: what was given out comes back, anything else is refused by name."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cursors import decode_cursor, encode_cursor
from graph.errors import CursorInvalid
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import DEFAULT_PAGE, LARGEST_PAGE, Page, page_size

KEYS = st.lists(
    st.text() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False),
    min_size=1,
    max_size=4,
).map(tuple)
ORDERS = st.sampled_from(["NAME", "NAME DESC", "YEAR"])


@given(KEYS, ORDERS)
def test_a_cursor_comes_back_as_it_was(keys: tuple[Any, ...], order: str) -> None:
    """To the type of each key, and only in the order and of the width that made it."""
    cursor = encode_cursor(order, keys)
    back = decode_cursor(order, cursor, len(keys))
    assert back == keys
    assert [type(key) for key in back] == [type(key) for key in keys]
    for other, width in (("TITLE", len(keys)), (order, len(keys) + 1)):
        with pytest.raises(CursorInvalid):
            decode_cursor(other, cursor, width)


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_nothing_else_is_a_cursor(text: str) -> None:
    """Whatever a client makes up is refused, never a crash."""
    with pytest.raises(CursorInvalid):
        decode_cursor("NAME", text, 2)


@pytest.mark.parametrize("key", ["null", "true", "[]", "{}", str(2**63)])
def test_keys_are_what_an_engine_can_order(key: str) -> None:
    """A forged cursor with a key of another kind is refused."""
    cursor = base64.urlsafe_b64encode(f'["NAME","a",{key}]'.encode()).decode().rstrip("=")
    with pytest.raises(CursorInvalid):
        decode_cursor("NAME", cursor, 2)


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_page_is_as_large_as_asked_within_bounds(size: int) -> None:
    """From either end, and the argument is named where it is out of bounds."""
    for name, page in (("first", Page(first=size)), ("last", Page(last=size))):
        if 1 <= size <= LARGEST_PAGE:
            assert page_size(page) == (size, name == "last")
            continue
        with pytest.raises(TooMany if size > 0 else ArgumentInvalid) as refused:
            page_size(page)
        assert refused.value.argument == name
    assert page_size(Page()) == (DEFAULT_PAGE, False)

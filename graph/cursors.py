"""Cursors: a row's place in a list, as opaque text."""

import base64
import binascii
from typing import TypeGuard

import orjson

from graph.errors import CursorInvalid
from graph.listings import Keys


def encode_cursor(order: str, keys: Keys) -> str:
    """Return the cursor of the row with these order keys in a list ordered by `order`."""
    return base64.urlsafe_b64encode(orjson.dumps([order, *keys])).decode().rstrip("=")


def decode_cursor(order: str, cursor: str, width: int) -> Keys:
    """Return the `width` keys in a cursor; raise CursorInvalid where this order did not make it."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        value = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError):
        value = None
    match value:
        case [str(made_for), *keys] if made_for == order and len(keys) == width:
            if all(_is_key(key) for key in keys):
                return tuple(keys)
        case _:
            pass
    raise CursorInvalid("This cursor was not made by this list in this order.")


def _is_key(value: object) -> TypeGuard[str | int | float]:
    # An engine's integers have 64 bits; JSON's and Python's may have more.
    if isinstance(value, int) and not isinstance(value, bool):
        return -(2**63) <= value < 2**63
    return isinstance(value, str | float)

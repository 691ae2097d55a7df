"""Cursors: a row's place in a list, as opaque text."""

import base64
import binascii

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
            if all(
                isinstance(key, str | int | float) and not isinstance(key, bool) for key in keys
            ):
                return tuple(keys)
        case _:
            pass
    raise CursorInvalid("This cursor was not made by this list in this order.")

"""Relay global ids: a type's name and our own id, wrapped so that clients treat them as opaque."""

import base64
import binascii

from resolvers.errors import ArgumentInvalid

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def global_id(type_name: str, key: str) -> str:
    """Return the global id of one of our things."""
    encoded = binascii.b2a_base64(f"{type_name}:{key}".encode(), newline=False)
    return encoded.rstrip(b"=").translate(_URL_SAFE).decode()


def parse_global_id(text: str, argument: str = "id") -> tuple[str, str]:
    """Return the type's name and our id; raise ArgumentInvalid, naming the argument."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (UnicodeError, binascii.Error):
        plain = ""
    type_name, separator, key = plain.partition(":")
    if not separator or not type_name.isalpha() or not key or global_id(type_name, key) != text:
        raise ArgumentInvalid(argument, "this is not an id that this API gave out")
    return type_name, key


def key_of(type_name: str, text: str, argument: str = "id") -> str:
    """Return our id of a thing of the type; raise ArgumentInvalid for another type's id."""
    named, key = parse_global_id(text, argument)
    if named != type_name:
        raise ArgumentInvalid(argument, f"this is the id of {_a(named)}, not of {_a(type_name)}")
    return key


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"

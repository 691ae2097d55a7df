"""PackStream, Bolt's binary form of values, by the driver's own native codec.

The codec is not part of the driver's public face, so its absence is a case that is handled
(`AVAILABLE`), and the lock pins the version that was tested.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_Pack = Callable[[object, None], bytes]
_Unpack = Callable[[bytearray, int, None], tuple[Any, int]]

try:
    from neo4j._rust.codec.packstream import v1  # pyright: ignore[reportMissingImports, reportUnknownVariableType] - a native module without types.
except ImportError:  # pragma: no cover - the lock installs it.
    v1: Any = None

AVAILABLE: Final = v1 is not None
_pack: _Pack = getattr(v1, "pack", None)  # pyright: ignore[reportAssignmentType, reportUnknownArgumentType] - none is called unless AVAILABLE.
_unpack: _Unpack = getattr(v1, "unpack", None)  # pyright: ignore[reportAssignmentType, reportUnknownArgumentType] - as above.

_LARGEST_CHUNK: Final = 0xFFFF
_END: Final = b"\x00\x00"
# After the structure's marker and its tag.
_FIRST_FIELD: Final = 2


def message(tag: int, *fields: object) -> bytes:
    """Return a message as it is sent: a structure of up to 15 fields, in chunks."""
    packed = b"".join([bytes((0xB0 | len(fields), tag)), *(_pack(field, None) for field in fields)])
    if len(packed) <= _LARGEST_CHUNK:
        return b"".join((len(packed).to_bytes(2, "big"), packed, _END))
    chunks: list[bytes] = []
    for at in range(0, len(packed), _LARGEST_CHUNK):
        chunk = packed[at : at + _LARGEST_CHUNK]
        chunks += (len(chunk).to_bytes(2, "big"), chunk)
    return b"".join((*chunks, _END))


def first_field(received: bytearray) -> Any:
    """Return the first field of a message: a RECORD's values, or what SUCCESS and FAILURE tell."""
    value, _ = _unpack(received, _FIRST_FIELD, None)
    return value

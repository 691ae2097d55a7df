"""What hostile callers send: bodies that are none, and documents beyond every limit.

Where a server could remember a refusal, each sending differs from the last by its number.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

import orjson

Attack = Callable[[int], bytes]
"""Makes the request with a number, as it goes over the wire."""

_JSON: Final = "application/json"
_OVERLAPPING: Final = 18
_UNSEEN_FIELDS: Final = 300


def _sent(body: bytes, *headers: str) -> bytes:
    lines = (
        "POST /graphql HTTP/1.1",
        "host: 127.0.0.1",
        f"content-length: {len(body)}",
        "accept: application/graphql-response+json",
        *(headers or (f"content-type: {_JSON}",)),
        "",
        "",
    )
    return "\r\n".join(lines).encode() + body


def _bytes(body: bytes, *headers: str) -> Attack:
    raw = _sent(body, *headers)
    return lambda _: raw


def _document(write: Callable[[int], str], **others: object) -> Attack:
    return lambda number: _sent(orjson.dumps({"query": write(number), **others}))


def _fragments(levels: int) -> str:
    """Return fragments that each spread the next one twice."""
    return " ".join(
        f"fragment F{level} on Query {{ a: __typename ...F{level + 1} ...F{level + 1} }}"
        for level in range(levels)
    ) + (f" fragment F{levels} on Query {{ __typename }}")


ATTACKS: Final[Mapping[str, Attack]] = {
    "null": _bytes(b"null"),
    "number": _bytes(b"7"),
    "string": _bytes(b'"x"'),
    "no json": _bytes(b"{" * 50),
    "invalid UTF-8": _bytes(b'{"query": "{ \xff }"}'),
    "UTF-16": _bytes('{"query": "{ __typename }"}'.encode("utf-16")),
    "lone surrogate": _bytes(rb'{"query": "{ __typename }", "operationName": "\ud800"}'),
    "gzip bomb": _bytes(
        gzip.compress(b" " * 50_000_000), f"content-type: {_JSON}", "content-encoding: gzip"
    ),
    "deep JSON": _bytes(
        b'{"query": "{ __typename }", "variables": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    ),
    "long integer": _bytes(
        b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 5_000 + b"}}"
    ),
    "long integer in a document": _document(lambda at: f"{{ a{at}(b: {'9' * 5_000}) }}"),
    "two operations, no name": _document(
        lambda at: f"query A{at} {{ __typename }} query B {{ __typename }}"
    ),
    "unknown operation": _document(lambda at: f"query A{at} {{ __typename }}", operationName="Z"),
    "mutation by GET": lambda at: (
        f"GET /graphql?query={quote(f'mutation M{at} {{ __typename }}')} HTTP/1.1\r\n"
        "host: 127.0.0.1\r\naccept: application/graphql-response+json\r\n\r\n"
    ).encode(),
    "100,000 tokens": _document(lambda at: f"{{ a{at} {'a ' * 100_000}}}"),
    "just below the tokens": _document(
        lambda at: f"query A{at} {{ {' '.join(f'n{n}' for n in range(1_900))} }}"
    ),
    "brackets": _document(lambda at: "{ a" * 100 + f" a{at} " + "}" * 100),
    "depth": _document(lambda at: f"query A{at} {{ {'artists { nodes { ' * 8} id {'} } ' * 8} }}"),
    "fragments 30 deep": _document(lambda at: f"query A{at} {{ ...F0 }} {_fragments(30)}"),
    "aliases": _document(
        lambda at: f"query A{at} {{ {' '.join(f'a{n}: __typename' for n in range(600))} }}"
    ),
    "directives": _document(lambda at: f"query A{at} {{ __typename {'@skip(if: false) ' * 300} }}"),
    "overlapping fields": _document(
        lambda at: (
            f"query A{at} {{ "
            + "artists { nodes { " * 2
            + " ".join("name id" for _ in range(_OVERLAPPING * 20))
            + " } } " * 2
            + "}"
        )
    ),
    "too many things": _document(
        lambda at: (
            f"query A{at} {{ artists(first: 100) {{ nodes {{ recordings(first: 100) {{ nodes "
            "{ credits(first: 100) { nodes { role } } } } } } }"
        )
    ),
    "unknown fields": _document(
        lambda at: f"query A{at} {{ {' '.join(f'nmae{n}' for n in range(_UNSEEN_FIELDS))} }}"
    ),
    "the schema, again and again": _document(
        lambda at: f"query A{at} {{ __schema {{ types {{ {'fields { type { ' * 3} name " + "} " * 9
    ),
}
"""Each attack by its name."""

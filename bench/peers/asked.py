"""What the peers are asked: the six operations in their words, with the variables in their terms."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from bench.operations import Operation, Variables
from graph.cursors import decode_cursor
from schema.ids import parse_global_id
from standards.territories import territory
from standards.territories.tree import tree

_FOLDER: Final = Path(__file__).parent / "operations"
# The country that ownership is asked of, in the operations' documents.
_COUNTRY: Final = "GB"
_OWNERSHIP: Final = (Operation.Q3, Operation.Q4)


def peer_document(operation: Operation) -> str:
    """Return the document by which a peer is asked for the same."""
    return (_FOLDER / f"{operation.value}.graphql").read_text(encoding="utf-8")


def peer_variables(operation: Operation, ours: Variables) -> Variables:
    """Return what asks a peer for the same: plain ids, and a cursor as the keys that stand in it."""
    found: dict[str, Any]
    match ours:
        case {"id": id_}:
            found = {"id": parse_global_id(id_)[1]}
        case {"ids": ids}:
            found = {"ids": [parse_global_id(each)[1] for each in ids]}
        case {"one": one, "two": two}:
            (one_key, one_id), (two_key, two_id) = (
                decode_cursor("TITLE", each, 2) for each in (one, two)
            )
            found = {"oneKey": one_key, "oneId": one_id, "twoKey": two_key, "twoId": two_id}
        case _:
            key, id_ = decode_cursor("NAME", ours["after"], 2)
            found = {"key": key, "id": id_}
    if operation in _OWNERSHIP:
        found["covering"] = covering()
    return found


@cache
def covering() -> list[str]:
    """Return every code of a territory that holds the country asked about: its own, and groups'."""
    state = tree()
    country = territory(_COUNTRY).tis
    holding = {tis for tis, countries in state.countries.items() if country in countries}
    alphabetic = {code for code, tis in state.by_alpha.items() if tis in holding}
    return sorted(alphabetic | {str(tis) for tis in holding})

"""Documents that repeat themselves: refused before validation compares all with all."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import get_introspection_query, parse

from bench.operations import Operation
from execution.limits import Limits
from execution.overlap import TooMuchOverlapError, check_overlap

EXAMPLES = Path(__file__).resolve().parents[3] / "explorer" / "examples"

HOSTILE = {
    "one field in many inline fragments": "{" + "...{a}" * 300 + "}",
    "the same under an alias": "{" + "...{b: a}" * 300 + "}",
    "fields in fields": "{" + "...{a{...{b}...{b}...{b}...{b}...{b}}}" * 60 + "}",
    "one field in many fragments": "{"
    + "".join(f"...F{n}" for n in range(250))
    + "}"
    + "".join(f"fragment F{n} on Query{{a}}" for n in range(250)),
    "below a field that is asked for twice": "{a{"
    + "...{b}" * 150
    + "}...{a{"
    + "...{b}" * 150
    + "}}}",
    "in a fragment that nobody spreads": "{a} fragment F on Query {" + "...{a}" * 300 + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_repeats_itself_is_refused(name: str) -> None:
    """However the repeats are spread."""
    with pytest.raises(TooMuchOverlapError):
        check_overlap(parse(HOSTILE[name]), Limits())


LEGITIMATE = {
    **{each.name: each.document for each in Operation},
    **{path.stem: path.read_text() for path in EXAMPLES.glob("*.graphql")},
    "introspection": get_introspection_query(input_value_deprecation=True),
    "a field in each of thirty components": "{ artists { nodes {"
    + "".join(f"...C{n} " for n in range(30))
    + "} } }"
    + "".join(f"fragment C{n} on Artist {{ id name f{n} }}" for n in range(30)),
    "fragments nested thirty levels": "{ ...F0 }"
    + "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(30))
    + "fragment F30 on Query { hello }",
    "a cycle, which validation refuses": "{ ...A } fragment A on Query { a { ...A } }",
}


@pytest.mark.parametrize("name", LEGITIMATE)
def test_what_clients_ask_is_far_below(name: str) -> None:
    """A tenth of the limit is enough for each of them."""
    check_overlap(parse(LEGITIMATE[name]), Limits(comparisons=2_000))


def test_selections_that_differ_at_every_level_are_walked_once() -> None:
    """Two names at each of twelve levels lead to one fragment each, not to 4,096 places."""
    levels = "".join(
        f"fragment F{n} on Query {{ a {{ ...F{n + 1} }} b {{ ...F{n + 1} }} }}" for n in range(12)
    )
    check_overlap(
        parse(f"{{ ...F0 }} {levels} fragment F12 on Query {{ a }}"), Limits(comparisons=200)
    )

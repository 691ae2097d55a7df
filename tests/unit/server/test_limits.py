"""The limits on a document, against the tree they measure."""

from __future__ import annotations

import time

import pytest
from graphql import GraphQLSyntaxError, Source, TokenKind, parse
from graphql.language import Lexer
from hypothesis import given, settings
from hypothesis import strategies as st

from execution.checking import parse_within
from execution.limits import (
    MAX_NAME,
    MAX_NESTING,
    DocumentTooLongError,
    Limits,
    TooDeepError,
    TooManyAliasesError,
    TooManyDirectivesError,
    TooManyTokensError,
    check_depth,
    check_repetition,
    check_text,
    document_depth,
)
from execution.tokens import tokens_of

SMALL = Limits(characters=100, tokens=10, depth=3)


def nested(depth: int) -> str:
    """Return a document whose deepest field lies at that depth."""
    return "{a" * depth + "}" * depth


@given(st.integers(min_value=1, max_value=30))
def test_a_root_field_has_depth_one_and_each_level_adds_one(depth: int) -> None:
    """A root field has depth one and each level adds one."""
    assert document_depth(parse(nested(depth))) == depth


@given(st.integers(min_value=1, max_value=6), st.integers(min_value=1, max_value=6))
def test_fragments_count_where_they_are_spread(outer: int, inner: int) -> None:
    """Fragments count where they are spread."""
    text = "{a" * outer + "{...F}" + "}" * outer + f"fragment F on Q {nested(inner)}"
    assert document_depth(parse(text)) == outer + inner


def test_inline_fragments_add_no_depth() -> None:
    """Inline fragments add no depth."""
    assert document_depth(parse("{ ... on Query { ... { a { b } } } }")) == 2


def test_introspection_is_left_to_validation() -> None:
    """Introspection is left to validation."""
    assert document_depth(parse("{ __schema { types { fields { name } } } }")) == 1


def test_a_fragment_cycle_ends() -> None:
    """A fragment cycle ends."""
    text = "{ ...A } fragment A on Q { a { ...B } } fragment B on Q { b { ...A } }"
    assert document_depth(parse(text)) == 2


def test_fragments_that_double_at_each_level_are_measured_at_once() -> None:
    """Sixty levels are 2**60 paths for who forgets what it measured."""
    levels = "".join(f"fragment F{i} on Q {{ ...F{i + 1} ...F{i + 1} }}" for i in range(60))
    document = parse(f"{{ ...F0 }} {levels} fragment F60 on Q {{ a }}")
    started = time.perf_counter()
    assert document_depth(document) == 1
    assert time.perf_counter() - started < 1


def test_a_document_at_its_limits_passes() -> None:
    """A document at its limits passes."""
    text = "{a{b{c}}}"
    assert check_text(text, Limits(characters=len(text), tokens=9, depth=3)) == 9
    check_depth(parse(text), SMALL)


def test_one_character_over_is_refused() -> None:
    """One character over is refused."""
    with pytest.raises(DocumentTooLongError, match="101 characters; at most 100"):
        check_text("{a}" + " " * 98, SMALL)


def test_one_token_over_is_refused() -> None:
    """One token over is refused."""
    check_text("{a a a a a a a a}", SMALL)
    with pytest.raises(TooManyTokensError, match="more than 10 tokens"):
        check_text("{a a a a a a a a a}", SMALL)


def test_comments_are_no_tokens() -> None:
    """Comments are no tokens."""
    assert check_text("# one two three\n{a} # four", SMALL) == 3


PIECES = (
    *('"', '""', '"""', '\\"""', '\\"', "\\", "\n", "\r", "\ufeff", "#", ",", " "),
    *("{", "}", "!", "|", "a", "é", "-", "1", "1.5", "1e", "1e+", "00", "0x", ".", "..", "..."),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=2_000)
def test_tokens_are_those_of_the_lexer(text: str) -> None:
    """Wherever the lexer finds any; where it does not, nothing breaks, and the text is found faulty."""
    lexer, wanted = Lexer(Source(text)), list[str]()
    try:
        while (token := lexer.advance()).kind is not TokenKind.EOF:
            wanted.append(text[token.start : token.end])
    except GraphQLSyntaxError:
        tokens_of(text)
        with pytest.raises(GraphQLSyntaxError):
            parse_within(text, Limits())
    else:
        assert tokens_of(text) == wanted


@pytest.mark.parametrize("piece", ['"', '\\"""', '"" ', '\\"', "1", "-", "#", "1e", "{"])
@pytest.mark.parametrize("before", ["", '"', '"""'])
def test_tokens_are_counted_in_bounded_time(before: str, piece: str) -> None:
    """A hundred times the text takes no more than some hundred times as long, whatever is in it."""
    started = time.perf_counter()
    tokens_of(before + piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - started < 10  # Seconds; what looks back takes hours.


def test_one_level_over_is_refused() -> None:
    """One level over is refused."""
    with pytest.raises(TooDeepError, match="at depth 4; at most 3"):
        check_depth(parse(nested(4)), SMALL)


@pytest.mark.parametrize("opening", ["{a(b:", "[", "{a", "{...", "("])
def test_brackets_nested_too_deeply_are_refused_before_the_parser_recurses(opening: str) -> None:
    """Brackets nested too deeply are refused before the parser recurses."""
    with pytest.raises(TooDeepError, match="brackets"):
        check_text(opening * (MAX_NESTING + 1), Limits())


def test_text_that_is_no_graphql_is_a_syntax_error() -> None:
    """Text that is no graphql is a syntax error."""
    with pytest.raises(GraphQLSyntaxError):
        check_text('{ a(b: "', SMALL)


@pytest.mark.parametrize("text", ["{" + "a " * 16 + "}", "{ b { " + "x: a y: a " * 8 + "} }"])
def test_one_field_may_not_be_asked_for_too_often_in_one_place(text: str) -> None:
    """One field may not be asked for too often in one place, whatever it is called there."""
    with pytest.raises(TooManyAliasesError):
        check_repetition(parse(text), Limits())
    check_repetition(parse("{" + "a b " * 15 + "}"), Limits())


def test_directives_in_one_place_are_bounded() -> None:
    """Directives in one place are bounded."""
    with pytest.raises(TooManyDirectivesError):
        check_repetition(parse("{ b { a " + "@a " * 11 + "} }"), Limits())
    check_repetition(parse("{ b { a " + "@a " * 10 + "} }"), Limits())


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 401, "9" * 500 + ".5"])
def test_a_number_that_nothing_can_take_is_no_graphql(number: str) -> None:
    """A number that nothing can take is no GraphQL: Python would refuse to read it."""
    with pytest.raises(GraphQLSyntaxError, match="too long"):
        check_text(f"{{ a(b: {number}) }}", Limits())


@pytest.mark.parametrize(
    "write", ["{{ {}: a }}", "{{ {} }}", "query {} {{ a }}", "{{ a(b: ${}) }}"]
)
def test_a_name_may_be_long_but_not_endless(write: str) -> None:
    """An answer repeats it in each of its objects; a text it has once."""
    check_text(write.format("a" * MAX_NAME), Limits())
    check_text('{ a(b: "' + "a" * 10_000 + '") }', Limits())
    with pytest.raises(DocumentTooLongError, match=f"name of {MAX_NAME + 1} characters"):
        check_text(write.format("_" * (MAX_NAME + 1)), Limits())

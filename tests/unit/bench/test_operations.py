from __future__ import annotations

import base64

import pytest
from graphql import parse, validate

from bench.operations import Operation, Variables, WrongAnswerError, check, paged, variables
from execution.limits import Limits, check_depth, check_text
from ingest.generated import Sizes
from schema import schema

SIZES = Sizes(artists=400, recordings=3_200, works=10, parties=192, labels=10)


@pytest.fixture(scope="module")
def picked() -> dict[Operation, list[Variables]]:
    """Return the variables that the first seed gives."""
    return variables(1, SIZES)


@pytest.mark.parametrize("operation", list(Operation))
def test_every_document_is_one_the_server_takes(operation: Operation) -> None:
    """Each document is valid under the schema and within the limits of one document."""
    document = parse(operation.document)
    check_text(operation.document, Limits())
    check_depth(document, Limits())
    assert validate(schema._schema, document) == []  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def test_variables_are_the_same_at_every_call_and_others_for_another_seed(
    picked: dict[Operation, list[Variables]],
) -> None:
    """What is asked for depends on the seed and on nothing else."""
    assert variables(1, SIZES) == picked
    assert variables(2, SIZES) != picked


@pytest.mark.parametrize(
    ("operation", "label", "count"),
    [
        (Operation.Q2, "Artist", 50),
        (Operation.Q3, "Recording", 20),
        (Operation.Q4, "Recording", 20),
    ],
)
def test_each_choice_names_as_many_different_things_as_the_operation_says(
    picked: dict[Operation, list[Variables]], operation: Operation, label: str, count: int
) -> None:
    """No id is asked for twice in one request."""
    for choice in picked[operation]:
        plain = {base64.urlsafe_b64decode(each + "==").decode() for each in choice["ids"]}
        assert len(plain) == count
        assert all(each.startswith(f"{label}:") for each in plain)


def test_pages_follow_each_other() -> None:
    """The two pages of 100 lie side by side."""
    found = paged({"recordings": ["a", "b", "c"], "artists": ["x"]})
    assert found[Operation.Q5] == [{"one": "a", "two": "b"}, {"one": "b", "two": "c"}]
    assert found[Operation.Q6] == [{"after": "x"}]


def test_an_error_is_a_wrong_answer_and_so_is_a_missing_row() -> None:
    """Only whole answers are timed."""
    with pytest.raises(WrongAnswerError, match="went away"):
        check(Operation.Q1, {"data": None, "errors": [{"message": "went away"}]})
    with pytest.raises(WrongAnswerError, match="49 artists, not 50"):
        check(Operation.Q2, {"data": {"nodes": [{"recordings": {"nodes": []}}] * 49}})
    with pytest.raises(WrongAnswerError):
        check(Operation.Q1, {"data": {"artist": None}})


def test_two_pages_that_overlap_are_a_wrong_answer() -> None:
    """Two hundred recordings are two hundred different ones."""
    page = {"nodes": [{"id": str(at)} for at in range(100)]}
    with pytest.raises(WrongAnswerError, match="100 recordings, not 200"):
        check(Operation.Q5, {"data": {"one": page, "two": page}})

"""What an answer must hold for its time to count."""

from __future__ import annotations

from typing import Any, Final

from bench.operations.documents import Operation

_PAGE: Final = 100
_ARTISTS: Final = 50
_RECORDINGS: Final = 10
_ASSETS: Final = 20
_HANDS: Final = 6


class WrongAnswerError(Exception):
    """An operation did not answer what the data set holds."""


def check(operation: Operation, answer: dict[str, Any]) -> int:
    """Return how many things the answer holds; raise WrongAnswerError where it is not whole."""
    if answer.get("errors"):
        raise WrongAnswerError(f"{operation}: {answer['errors'][0]}")
    try:
        return _CHECKS[operation](answer["data"])
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise WrongAnswerError(f"{operation}: {type(error).__name__} {error}") from error


def _expect(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise AssertionError(f"{found} {what}, not {expected}")


def _q1(data: dict[str, Any]) -> int:
    _expect("fields", sum(value is not None for value in data["artist"].values()), 5)
    return 1


def _q2(data: dict[str, Any]) -> int:
    _expect("artists", len(data["nodes"]), _ARTISTS)
    recordings = sum(len(each["recordings"]["nodes"]) for each in data["nodes"])
    _expect("recordings", recordings, _ARTISTS * _RECORDINGS)
    return _ARTISTS + recordings


def _q3(data: dict[str, Any]) -> int:
    _expect("recordings", len(data["nodes"]), _ASSETS)
    found = _ASSETS
    for each in data["nodes"]:
        credited = len(each["credits"]["nodes"])
        owners = len(each["ownership"]["owners"])
        if not credited or (not owners and each["ownership"]["status"] != "UNRESOLVABLE"):
            raise AssertionError(f"{each['title']} has nobody credited, or no owner")
        works, flags = len(each["works"]["nodes"]), len(each["policyFlags"]["nodes"])
        found += credited + owners + works + flags
    return found


def _q4(data: dict[str, Any]) -> int:
    _expect("recordings", len(data["nodes"]), _ASSETS)
    found = _ASSETS
    for each in data["nodes"]:
        paths = [path for owner in each["ownership"]["owners"] for path in owner["paths"]]
        _expect("hands", max(len(path["steps"]) for path in paths), _HANDS)
        found += sum(len(path["steps"]) for path in paths)
    return found


def _q5(data: dict[str, Any]) -> int:
    ids = {each["id"] for page in (data["one"], data["two"]) for each in page["nodes"]}
    _expect("recordings", len(ids), 2 * _PAGE)
    return len(ids)


def _q6(data: dict[str, Any]) -> int:
    artists = data["artists"]["nodes"]
    _expect("artists", len(artists), _PAGE)
    links = sum(len(each["identityLinks"]["nodes"]) for each in artists)
    if not links:
        raise AssertionError("no identity links")
    return len(artists) + links + sum(len(each["policyFlags"]["nodes"]) for each in artists)


_CHECKS: Final = {
    Operation.Q1: _q1,
    Operation.Q2: _q2,
    Operation.Q3: _q3,
    Operation.Q4: _q4,
    Operation.Q5: _q5,
    Operation.Q6: _q6,
}

"""What is completed once and stands in several places: its errors are told in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from execution.running import Run, keys_of

if TYPE_CHECKING:
    from execution.running import Path

STEP = {"assignor": None}
OWNERS = [{"steps": [STEP]}, {"steps": [STEP]}]
DATA: dict[str, Any] = {"one": {"owners": OWNERS}, "two": {"owners": OWNERS}, "dead": None}


def path(*keys: str | int) -> Path:
    """Return a path of keys, told from the outside in."""
    found: Path = None
    for key in keys:
        found = found, key
    return found


def run() -> Run:
    """Return a run whose owners stand twice, with a third place nulled, and whose step stands in both."""
    nothing = cast("Any", None)
    made = Run(graph=nothing, context=nothing, bound=[], data=DATA)
    made.twins[path("one", "owners")] = [path("two", "owners"), path("dead", "owners")]
    made.twins[path("one", "owners", 0, "steps", 0)] = [path("one", "owners", 1, "steps", 0)]
    return made


def test_an_error_is_told_once_in_each_place_that_is_left() -> None:
    """A value within a value: every place of both, but none of what is null; not yet put in its place."""
    made = run()
    made.fail(ValueError("lost"), (), path("one", "owners", 0, "steps", 0, "assignor", "name"))
    below = "assignor", "name"
    assert sorted(map(str, (error.path for error in made.errors))) == [
        str([asset, "owners", owner, "steps", 0, *below])
        for asset in ("one", "two")
        for owner in (0, 1)
    ]


def test_a_value_of_one_place_is_told_there_only() -> None:
    """Its path has no twins, and nobody asks whether it is part of the answer yet."""
    made = run()
    elsewhere = path("two", "owners", 0, "steps")
    assert made.places(elsewhere) == [elsewhere]


def test_a_value_lives_while_one_of_its_places_does() -> None:
    """Where the first place is null and another is not, what waits for the value goes on."""
    made = run()
    waiting = path("one", "owners", 0, "steps", 0, "assignor")
    made.data = {**DATA, "one": None}
    assert made.alive(waiting)
    assert {keys_of(each)[0] for each in made.places(waiting)} == {"two"}
    made.data = {**DATA, "one": None, "two": None}
    assert not made.alive(waiting)

"""Objects in the form that is answered: their fields' values by response name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from execution.running import Complete, Path, Run
    from execution.steps import Step

    Fields = Iterable[tuple[str, "Complete | Step"]]


def object_of(fields: Fields) -> Complete:
    """Return what completes an object; a field that is a step waits for it."""
    now: list[tuple[str, Complete]] = []
    later: list[tuple[str, int]] = []
    for key, each in fields:
        if callable(each):
            now.append((key, each))
        else:
            now.append((key, nothing_yet))
            later.append((key, each.number))
    ready = tuple(now)

    def complete(source: Any, path: Path, run: Run) -> dict[str, Any]:
        return {key: field(source, path, run) for key, field in ready}

    if not later:
        return complete

    def complete_later(source: Any, path: Path, run: Run) -> dict[str, Any]:
        made = {key: field(source, path, run) for key, field in ready}
        for key, number in later:
            run.waiting.setdefault(number, []).append((made, source, (path, key)))
        return made

    return complete_later


def constant(value: Any) -> Complete:
    """Return what completes a field that is always the same."""
    return lambda _source, _path, _run: value


def nothing_yet(_source: Any, _path: Path, _run: Run) -> None:
    """Complete what is filled later."""
    return

"""What docs/clients.md shows stands in the clients that are generated, compiled and run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).parent
TEXT: Final = (FOLDER.parents[1] / "docs" / "clients.md").read_text(encoding="utf-8")
SHOWN: Final = re.findall(r"^```(?:ts|json|toml|python)\n(.+?)^```", TEXT, re.DOTALL | re.MULTILINE)


def lines(text: str) -> str:
    """Return a text whose lines are not indented, within line breaks."""
    return "\n" + "".join(f"{line.strip()}\n" for line in text.splitlines())


CLIENTS: Final = [
    lines(path.read_text(encoding="utf-8"))
    for client in ("typescript", "relay", "python")
    for path in (FOLDER / client).rglob("*")
    if path.suffix in {".ts", ".json", ".toml", ".py"}
]


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_shown_is_run(shown: str) -> None:
    """Line by line, as it stands in one of the clients' files."""
    assert any(lines(shown) in client for client in CLIENTS), shown


def test_something_is_shown() -> None:
    """Of all three."""
    assert len(SHOWN) == 7

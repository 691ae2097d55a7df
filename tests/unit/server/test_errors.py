"""The catalogue of codes, and the page that lists them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from execution import errors
from execution.errors import expected_code
from execution.limits import LimitError
from export.errors import ExportError
from graph.engines import EngineError
from graph.errors import GraphError
from loaders.batching import BatchCancelled
from resolvers.errors import ResolverError
from server.app import STATUS_CODES
from server.authentication.development import DevelopmentKeyError
from server.connections import HEADERS_TOO_LARGE
from server.exits import AddressTakenError
from server.persisted import ManifestError
from server.request_errors import RequestError
from server.settings import SettingsError

ROOT = Path(__file__).resolve().parents[3]
CONSTANTS = {
    errors.PARSE_FAILED,
    errors.VALIDATION_FAILED,
    errors.OPERATION_RESOLUTION_FAILURE,
    errors.BAD_USER_INPUT,
    errors.INTROSPECTION_DISABLED,
    errors.INTERNAL,
    HEADERS_TOO_LARGE,
}


def test_the_page_lists_exactly_the_codes() -> None:
    """What is documented exists, and what exists is documented."""
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    listed = re.findall(r"^\| `([A-Z_]+)`", page, flags=re.MULTILINE)
    existing = CONSTANTS | set(STATUS_CODES.values())
    for base in (GraphError, EngineError, ResolverError, RequestError, LimitError, ExportError):
        existing |= {str(child.code) for child in descendants(base)}
    existing |= {RequestError.code, AddressTakenError.code, SettingsError.code, ManifestError.code}
    existing.add(DevelopmentKeyError.code)
    assert BatchCancelled.code in existing
    assert len(listed) == len(set(listed))
    assert set(listed) == existing


def descendants(base: Any) -> set[Any]:
    """Return every class below, private ones and tests' own left out."""
    found: set[Any] = set()
    for child in base.__subclasses__():
        if not child.__module__.startswith("tests") and not child.__name__.startswith("_"):
            found |= {child} | descendants(child)
    return found


def test_a_code_is_the_classs_own() -> None:
    """Errors of libraries have codes on their instances, which promise nothing to our callers."""
    foreign = OSError(2, "No such file")
    foreign.code = "ENOENT"  # pyright: ignore[reportAttributeAccessIssue] - as libraries do.
    assert expected_code(foreign) is None
    assert expected_code(SystemExit(1)) is None
    assert expected_code(BatchCancelled("…")) == "CANCELLED"

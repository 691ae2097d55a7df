"""What import-linter cannot see: names on the path, and parts of a distribution."""

from __future__ import annotations

import ast
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("schema", "resolvers", "loaders", "graph", "standards", "ingest", "export")


def our_names() -> set[str]:
    """Return the top-level packages that import-linter watches."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return set(configuration["tool"]["importlinter"]["root_packages"])


def test_every_package_is_watched() -> None:
    """A new top-level package must take its place among the layers."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"bench", "tests"} == our_names()


def test_no_distribution_claims_our_names() -> None:
    """A dependency named like our folders would shadow them."""
    assert our_names().isdisjoint(packages_distributions())


@pytest.mark.parametrize("layer", LAYERS)
def test_the_telemetry_sdk_is_known_to_the_server_only(layer: str) -> None:
    """Everything below uses OpenTelemetry's API, so that who embeds it chooses the SDK."""
    files = list((ROOT / layer).rglob("*.py"))
    assert files
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in imported(file)
        if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter"))
    ]
    assert wrong == []


def imported(file: Path) -> set[str]:
    """Return the modules a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names

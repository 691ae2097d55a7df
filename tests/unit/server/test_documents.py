"""`content-graph documents`: manifests made from clients' files, and held against the schema."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from graphql import parse, print_ast
from typer.testing import CliRunner

from server.cli import app
from server.persisted import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

CARD = "query Card($id: ID!) { artist(id: $id) { ...Name recordings(first: 2) { nodes { ...Title } } } }"
NAME = "fragment Name on Artist { name }"
TITLE = "fragment Title on Recording { title }"
UNUSED = "fragment Unused on Work { title }"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder of a client's files."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "card.graphql").write_text(f"{CARD}\n{NAME}")
    (tmp_path / "deep" / "title.gql").write_text(f"{TITLE} {UNUSED}")
    (tmp_path / "card.ts").write_text("not GraphQL")
    return tmp_path


def run(*arguments: object) -> Any:
    """Run the command."""
    return CliRunner().invoke(app, ["documents", *map(str, arguments)])


def test_an_operation_comes_with_its_fragments(files: Path) -> None:
    """Those that it spreads, in whichever file, and no others; the id is its text's."""
    manifest = files / "manifest.json"
    assert run("build", files, "--out", manifest).exit_code == 0
    [operation] = orjson.loads(manifest.read_bytes())["operations"]
    assert (operation["name"], operation["type"]) == ("Card", "query")
    assert print_ast(parse(operation["body"])) == print_ast(parse(f"{CARD} {NAME} {TITLE}"))
    assert operation["id"] == hashlib.sha256(operation["body"].encode()).hexdigest()
    assert read_manifest(manifest) == {operation["id"]: operation["body"]}
    assert run("check", manifest).exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{ artists { nodes { name } } }", "has no name"),
        ("query Card { __typename }", "Card is defined twice"),
        ("query Other { artists { nodes { ...Nowhere } } }", "Nowhere is in none of the files"),
        ("query Other { nothing }", "Cannot query field 'nothing'"),
        ("query Other { " + "a: __typename " * 20 + "}", "TOO_MANY_ALIASES"),
        ("query Other {", "Syntax Error"),
    ],
)
def test_what_is_refused_leaves_no_manifest(files: Path, text: str, told: str) -> None:
    """It is told why, and the exit code is 1."""
    (files / "other.graphql").write_text(text)
    manifest = files / "manifest.json"
    result = run("build", files, "-o", manifest)
    assert result.exit_code == 1
    assert told in " ".join(result.output.split())
    assert not manifest.exists()


def test_a_manifest_that_the_schema_has_left_behind_is_told(files: Path) -> None:
    """Each document by its id, with what is wrong."""
    manifest = files / "manifest.json"
    manifest.write_bytes(orjson.dumps({"old": "{ oldField }", "good": "{ __typename }"}))
    result = run("check", manifest)
    assert result.exit_code == 1
    assert "old: Cannot query field 'oldField'" in result.output
    assert "1 of 2 documents" in result.output
    manifest.write_text("[]")
    assert run("check", manifest).exit_code == 2

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
        (
            "query Other { artists(first: 100) { nodes { recordings(first: 100) { nodes { id } } } } }",
            "TOO_MANY_NODES",
        ),
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


@pytest.mark.parametrize(("size", "exit_code"), [("$first", 0), ("100", 1)])
def test_a_document_is_weighed_as_light_as_it_can_be_asked(
    files: Path, size: str, exit_code: int
) -> None:
    """Sizes that clients have to choose count as one: only what nobody could run is refused."""
    (files / "other.graphql").write_text(
        "query Pages($ids: [ID!]!, $first: Int!) { nodes(ids: $ids) { ... on Artist { "
        "one: recordings(first: $first) { totalCount } "
        f"recordings(first: {size}) {{ nodes {{ releases(first: 100) {{ nodes {{ id }} }} }} }} }} }} }}"
    )
    result = run("build", files, "-o", files / "manifest.json")
    assert result.exit_code == exit_code, result.output


def test_a_file_may_be_given_by_two_spellings_of_its_path(files: Path) -> None:
    """It is one file."""
    twice = files / "deep" / ".." / "card.graphql"
    result = run("build", files, twice, "-o", files / "manifest.json")
    assert result.exit_code == 0, result.output


def test_production_needs_no_graph_to_hold_documents_against_the_schema(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And tells what its servers refuse: there the schema itself is not told."""
    (files / "schema.graphql").write_text("query Kinds { __schema { types { name } } }")
    assert run("build", files, "-o", files / "manifest.json").exit_code == 0
    monkeypatch.setenv("CONTENT_GRAPH_PROFILE", "production")
    result = run("check", files / "manifest.json")
    assert result.exit_code == 1
    assert "INTROSPECTION_DISABLED" in result.output
    assert "1 of 2 documents" in result.output
    monkeypatch.setenv("CONTENT_GRAPH_INTROSPECTION", "true")
    assert run("check", files / "manifest.json").exit_code == 0

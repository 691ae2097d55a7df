"""The committed schema under the rules of `@graphql-eslint`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.clients.tools import ProgramFailedError, node_workshop

if TYPE_CHECKING:
    from pathlib import Path

BROKEN: Final = """
  undescribed: Int
  \"""Not null.\"""
  must: Int!
  \"""A bad name.\"""
  bad_name: Int
  \"""No paging.\"""
  some: ArtistConnection
"""
ISLAND: Final = """
\"""Nobody leads here.\"""
type Island {
  \"""And no id.\"""
  shore: Int
}
"""
RULES: Final = (
    "require-description",
    "require-nullable-result-in-root",
    "naming-convention",
    "relay-arguments",
    "no-unreachable-types",
    "strict-id-in-types",
)


async def test_the_schema_keeps_the_rules(tmp_path: Path) -> None:
    """All but those whose exception the configuration gives a reason for."""
    shop = await node_workshop("eslint", tmp_path)
    await shop.run("eslint", "--max-warnings", "0", "schema.graphql")


async def test_a_broken_rule_is_told(tmp_path: Path) -> None:
    """The rules are in force: what breaks one fails."""
    shop = await node_workshop("eslint", tmp_path)
    schema = shop.folder / "schema.graphql"
    known = schema.read_text(encoding="utf-8")
    schema.write_text(known.replace("type Query {", f"type Query {{{BROKEN}") + ISLAND)
    with pytest.raises(ProgramFailedError) as refused:
        await shop.run("eslint", "schema.graphql")
    for rule in RULES:
        assert f"@graphql-eslint/{rule}" in str(refused.value)

"""What the README and the docs print fits the schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, parse, validate

from schema import schema
from schema.executable import executable

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```graphql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTED: Final = [
    pytest.param(found[1], id=f"{path.name}:{path.read_text()[: found.start()].count(chr(10)) + 1}")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for found in BLOCK.finditer(path.read_text(encoding="utf-8"))
]


def test_there_is_something_printed() -> None:
    """The fence is what documents bear; another one would go by unseen."""
    assert len(PRINTED) > 10


@pytest.mark.parametrize("printed", PRINTED)
def test_printed_operations_fit_the_schema(printed: str) -> None:
    """Each by itself: a block may show several, and a reader sends one."""
    document = parse(printed)
    operations = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    shared = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    for operation in operations:
        alone = DocumentNode(definitions=(operation, *shared))
        assert validate(executable(schema), alone) == []

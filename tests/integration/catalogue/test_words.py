"""Lists filtered by the words of an enumeration: OTHER stands for every word that is not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from schema.enums import ArtistType, ReleaseStatus, ReleaseType

if TYPE_CHECKING:
    from enum import Enum

    from tests.integration.catalogue.whole import Whole
    from tests.reads.asking import Asker

FILTERS: Final = (
    ("artists", "Artist", "type", ArtistType),
    ("releases", "Release", "type", ReleaseType),
    ("releases", "Release", "status", ReleaseStatus),
)


@pytest.mark.parametrize(
    ("place", "member"), [(each[:3], member) for each in FILTERS for member in each[3]]
)
async def test_a_word_finds_what_bears_it(
    sampled: Asker, whole: Whole, place: tuple[str, str, str], member: Enum
) -> None:
    """Counted and listed, planned and through loaders, as Python counts them."""
    field, label, name = place
    named = {each.name for each in type(member)} - {"OTHER"}
    words = [known.get(name) for known in whole.nodes[label].values()]
    expected = sum(
        word not in named if member.name == "OTHER" else word == member.value
        for word in words
        if word is not None
    )
    text = (
        f"{{ it: {field}(filter: {{{name}: {member.name}}}, first: 100) "
        "{ totalCount nodes { __typename } } }"
    )
    for answer in (await sampled(text), await sampled.through_loaders(text)):
        assert "errors" not in answer.body
        assert answer.data["it"]["totalCount"] == expected
        assert len(answer.data["it"]["nodes"]) == min(expected, 100)

"""Which arguments find one thing."""

from graph.artists import ARTISTS
from graph.policy import POLICY_FLAGS
from schema.lookups import lookup
from schema.references import ArtistRef, PolicyFlagRef


def test_a_type_that_bears_identifiers_is_found_by_either() -> None:
    """By our id, or by one of theirs."""
    field = lookup("One artist.", ArtistRef, ARTISTS)
    assert [argument.python_name for argument in field.arguments] == ["id", "identifier"]


def test_a_type_that_bears_none_is_found_by_id_alone() -> None:
    """An argument that no list knows would be an error of ours at each use."""
    field = lookup("One flag.", PolicyFlagRef, POLICY_FLAGS)
    assert [argument.python_name for argument in field.arguments] == ["id"]

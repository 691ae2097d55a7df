from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.territories import (
    WORLD,
    Territory,
    TerritoryKind,
    TerritorySet,
    UnknownTerritory,
    territory,
    world,
)
from standards.territories.tree import tree

NEWEST = tree()
GROUPS = sorted(NEWEST.members)
CODES = st.sampled_from([t.code for t in NEWEST.territories.values()])
DAYS = st.dates(date(1900, 1, 1), date(2030, 1, 1))


def brute(codes: list[str], at: date | None = None) -> set[int]:
    """Walk down from each code, one member at a time."""
    state = tree(at)
    found: set[int] = set()
    waiting = [state.find(code).tis for code in codes]
    while waiting:
        tis = waiting.pop()
        if state.territories[tis].kind is TerritoryKind.COUNTRY:
            found.add(tis)
        waiting += state.members.get(tis, ())
    return found


@st.composite
def territory_sets(draw: st.DrawFn) -> TerritorySet:
    """Return sets as catalogues write them: a few codes, less a few."""
    include = draw(st.lists(CODES, max_size=6))
    exclude = draw(st.lists(CODES, max_size=4))
    return TerritorySet.parse(include, exclude)


def test_codes_of_one_country() -> None:
    """A country has a TIS number, two ISO codes and a readable name."""
    expected = Territory(tis=840, iso="US", name="United States", kind=TerritoryKind.COUNTRY)
    for code in (840, "840", "0840", "US", "us", " USA "):
        assert territory(code) == expected
    assert expected.code == "US"


def test_codes_of_the_world() -> None:
    """The world is TIS 2136, also written 2WL, and holds every country."""
    assert territory("2WL") == territory(WORLD) == territory("2136")
    assert territory(WORLD).iso is None
    assert territory(WORLD).code == "2136"
    assert len(world().countries) == 201
    assert world().is_world
    assert world().contains("JP")


@pytest.mark.parametrize("code", ["", "XX", "GL", "9999", -1, "US ,", "٢١٣٦", "1" * 5000, "ß"])
def test_an_unknown_code_is_refused_by_name(code: str | int) -> None:
    """A code outside the tree raises, whatever it is made of."""
    with pytest.raises(UnknownTerritory):
        territory(code)
    with pytest.raises(UnknownTerritory):
        TerritorySet.parse([code])


def test_codes_of_a_day_belong_to_that_day() -> None:
    """Countries end, and their ISO codes pass on."""
    wall = date(1985, 1, 1)
    assert territory("SU", at=wall).name == "USSR"
    assert territory("DE", at=wall).tis == 280
    assert territory("DE").tis == 276
    assert territory(104, at=wall).name == "Burma"
    with pytest.raises(UnknownTerritory):
        territory("SU")
    with pytest.raises(UnknownTerritory):
        territory("HR", at=wall)


def test_membership_is_dated() -> None:
    """The United Kingdom left the European Union at the end of 31 January 2020."""
    before, after = date(2020, 1, 31), date(2020, 2, 1)
    assert TerritorySet.parse([2123], at=before).contains("GB")
    assert not TerritorySet.parse([2123], at=after).contains("GB")
    assert TerritorySet.parse([2123], at=after) == TerritorySet.parse([2123])
    assert len(TerritorySet.parse([2123]).countries) == 27


def test_sets_of_different_trees_do_not_mix() -> None:
    """Combining states of the tree would compare unlike countries, so it is refused."""
    with pytest.raises(ValueError, match="different trees"):
        _ = world(at=date(1985, 1, 1)) & world()


@pytest.mark.parametrize(
    ("include", "exclude", "words"),
    [
        (["2136"], [], "World"),
        (["2136"], ["US"], "World except United States"),
        (["2136"], ["2123"], "World except European Union"),
        (["2123"], ["FR"], "European Union except France"),
        (["GB", "IE"], [], "British Isles"),
        (["DE", "AT", "CH"], [], "GSA Countries"),
        (["JP", "FR", "BR"], [], "Brazil, France and Japan"),
        (["2123", "CH"], [], "European Union and Switzerland"),
        (["CI"], [], "Cote d'Ivoire"),
        (["US"], ["US"], "Nowhere"),
    ],
)
def test_description(include: list[str], exclude: list[str], words: str) -> None:
    """A set is told in the fewest names."""
    assert TerritorySet.parse(include, exclude).describe() == words


@given(st.lists(CODES, max_size=6), st.lists(CODES, max_size=6))
def test_parsing_is_inclusion_less_exclusion(include: list[str], exclude: list[str]) -> None:
    """Parsing agrees with a walk down the tree, code by code."""
    found = TerritorySet.parse(include, exclude)
    assert found.countries == brute(include) - brute(exclude)
    assert found.is_empty == (not found.countries)
    for code in include:
        assert found.contains(code) == (brute([code]) <= found.countries)


@given(territory_sets(), territory_sets(), territory_sets())
def test_algebra(a: TerritorySet, b: TerritorySet, c: TerritorySet) -> None:
    """The operators are those of sets of countries, and the world is their universe."""
    assert (a | b).countries == set(a.countries) | set(b.countries)
    assert (a & b).countries == set(a.countries) & set(b.countries)
    assert (a - b).countries == set(a.countries) - set(b.countries)
    assert a & (b | c) == (a & b) | (a & c)
    assert ~(a | b) == ~a & ~b
    assert a - b == a & ~b
    assert a.isdisjoint(b) == (a & b).is_empty
    assert (a | ~a).is_world


@given(territory_sets())
def test_lists_round_trip_and_are_stable(found: TerritorySet) -> None:
    """The lists of a set parse back to it, and equal sets have equal lists."""
    include, exclude = found.codes()
    assert TerritorySet.parse(include, exclude) == found
    assert TerritorySet.parse(sorted(include), sorted(exclude)).codes() == (include, exclude)
    countries = [territory(tis).code for tis in found.countries]
    assert TerritorySet.parse(countries).codes() == (include, exclude)
    assert len(include) + len(exclude) <= max(1, len(countries))


@settings(max_examples=40, deadline=None)  # A day's tree is built on its first use.
@given(DAYS, st.data())
def test_every_day_has_a_sound_tree(day: date, data: st.DataObject) -> None:
    """On any day groups lie within the world, its own groups nest, and codes are unique."""
    state = tree(day)
    everything = state.countries[WORLD]
    assert all(countries <= everything for countries in state.countries.values())
    assert all(state.find(t.code) == t for t in state.territories.values())
    waiting = [WORLD]
    while waiting:
        members = state.members.get(waiting.pop(), ())
        assert sum(len(state.countries[m]) for m in members) == len(
            frozenset[int]().union(*(state.countries[m] for m in members))
        )
        waiting += members
    codes = data.draw(st.lists(st.sampled_from([t.code for t in state.territories.values()])))
    found = TerritorySet.parse(codes, at=day)
    assert found.countries == brute(codes, day)
    include, exclude = found.codes()
    assert TerritorySet.parse(include, exclude, at=day) == found


def test_of_two_countries_with_one_code_the_first_has_it() -> None:
    """In 1992 CS was Czechoslovakia's still, and Serbia and Montenegro's already, as CISAC's table has it."""
    state = tree(date(1992, 6, 1))
    assert state.find("CS").tis == 200
    assert state.territories[891].code == "891"
    assert state.find("SCG").tis == 891
    assert tree(date(1993, 1, 1)).find("CS").tis == 891

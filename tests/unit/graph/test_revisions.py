"""Where what people wrote of a registration's claims stands in it, without a database."""

from __future__ import annotations

from typing import Any

from graph.revisions import Recorded, placed


def record(id_: str, **more: Any) -> Recorded[str]:
    """Return a record of one party's claim, told by its id."""
    said: dict[str, Any] = {"continues": None, "registration": None, "position": None}
    said |= {"yields_to": [], "stands": True, "party": "party"} | more
    return Recorded(id=id_, said=id_, **said)


def made(id_: str, by: str, at: int, way: str | None = None) -> Recorded[str]:
    """Return a registration's claim; it stands, or makes `way` for what continues another."""
    yields_to = [way] if way else []
    return record(id_, registration=by, position=at, yields_to=yields_to, stands=way is None)


def written(id_: str, continues: str | None, party: str = "party") -> Recorded[str]:
    """Return what people wrote, which stands."""
    return record(id_, continues=continues, party=party)


def test_what_people_wrote_stands_in_the_line_that_it_continues() -> None:
    """Whoever claims it now, and in whichever of a party's lines it began."""
    records = [made("one", "first", 1, way="none"), made("two", "first", 4)]
    records += [written("of one", "one", party="buyer"), written("beside", None)]
    found = placed(records, "first", ["first"], {1: "party", 4: "party"})
    assert sorted(found) == [(0, "beside"), (1, "of one"), (4, "two")]


def test_of_a_registration_that_stands_no_longer_it_stands_where_the_next_makes_way() -> None:
    """Though the party has several lines there; where none makes way, in the first of its lines."""
    begun = enumerate(("one", "two", "three"), 1)
    records = [made(each, "first", at, way="none") for at, each in begun]
    records += [made("as one", "second", 5, way="one"), made("as two", "second", 3, way="two")]
    records += [written(f"of {each}", each) for each in ("one", "two", "three")]
    found = placed(records, "second", ["second"], {3: "party", 5: "party"})
    assert sorted(found) == [(3, "of three"), (3, "of two"), (5, "of one")]


def test_beside_several_registrations_it_stands_in_the_first() -> None:
    """Once, that is."""
    records = [written("beside", None)]
    assert list(placed(records, "first", ["first", "second"], {1: "party"})) == [(0, "beside")]
    assert list(placed(records, "second", ["first", "second"], {1: "party"})) == []

"""ERN messages become facts, alike in every version; what is broken costs itself, or its message."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.facts import (
    ArtistFact,
    CoversFact,
    CreditFact,
    DealFact,
    Fact,
    IdentifierFact,
    IssueFact,
    LabelFact,
    PartyFact,
    RecordingFact,
    RedirectFact,
    ReleaseFact,
    TrackFact,
)
from ingest import ern
from ingest.ern import pieces
from ingest.ern.reading import milliseconds
from ingest.ern.words import model, spelt
from ingest.records import Record
from ingest.reports import Rule
from tests.ddex.messages import FOLDER, GRID, ICPN, ISRC, OTHER_ISRC, Album, Deal, purge
from tests.unit.ingest.facts import rules

Read = Callable[[str | bytes], list[Record]]

T = TypeVar("T")

VERSIONS = ("382", "41", "42", "43", "432")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a reader of a message given in the test."""

    def reading(text: str | bytes) -> list[Record]:
        path = tmp_path / "message.xml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return list(ern.read(path))

    return reading


def facts(records: list[Record]) -> list[Fact]:
    """Return all facts, in order."""
    return [fact for record in records for fact in record.facts]


def one(found: list[Fact], kind: type[T]) -> T:
    """Return the only fact of a kind."""
    (fact,) = [fact for fact in found if isinstance(fact, kind)]
    return fact


def covered(found: list[Fact]) -> dict[str, set[str]]:
    """Return what each deal covers, by the deal's uses or else its kind, in titles."""
    titles = {
        fact.id: fact.title for fact in found if isinstance(fact, ReleaseFact | RecordingFact)
    }
    deals = {
        fact.id: " ".join(fact.uses) or fact.kind for fact in found if isinstance(fact, DealFact)
    }
    told: dict[str, set[str]] = {name: set() for name in deals.values()}
    for fact in found:
        if isinstance(fact, CoversFact):
            told[deals[fact.deal]].add(titles[fact.thing_id])
    return told


@pytest.mark.parametrize("version", VERSIONS)
def test_one_release_is_told_alike_in_every_version(version: str, tmp_path: Path) -> None:
    """References to parties, or names in place; details by territory, or none: the facts are equal."""
    record = facts(list(ern.read(Album(version="43").write(tmp_path))))
    found = facts(list(ern.read(Album(version=version).write(tmp_path))))
    assert Counter(map(repr, found)) == Counter(map(repr, record))
    release = one(found, ReleaseFact)
    assert (release.title, release.type, release.date) == ("An Album", "ALBUM", "2024-03-15")
    assert (release.artist_credit, release.p_line) == ("The Artist", "2024 The Label")
    assert release.c_line == "2023 The Designer"
    recordings = [fact for fact in found if isinstance(fact, RecordingFact)]
    assert [(fact.title, fact.length_ms, fact.p_line) for fact in recordings] == [
        ("Track 1", 181_500, "2024 The Label"),
        ("Track 2", 182_500, "2024 The Label"),
    ]
    tracks = [fact for fact in found if isinstance(fact, TrackFact)]
    assert [
        (fact.release_id, fact.recording_id, fact.medium, fact.position) for fact in tracks
    ] == [
        (release.id, recordings[0].id, 1, 1),
        (release.id, recordings[1].id, 1, 2),
    ]
    artists = {fact.id: fact.name for fact in found if isinstance(fact, ArtistFact)}
    assert sorted(artists.values()) == ["A Producer", "The Artist"]
    credited = {
        (fact.type, artists[fact.artist_id], fact.role)
        for fact in found
        if isinstance(fact, CreditFact)
    }
    assert credited == {
        ("RECORDED", "The Artist", "MAIN"),
        ("RECORDED", "A Producer", "PRODUCER"),
        ("RELEASED", "The Artist", "MAIN"),
    }
    assert one(found, LabelFact).id == one(found, IssueFact).label_id
    keys = {fact.key for fact in found if isinstance(fact, IdentifierFact)}
    assert keys == {
        "DPID:PADPIDA2014120301L",
        "ISNI:0000000121032683",
        f"ISRC:{ISRC}",
        f"ISRC:{OTHER_ISRC}",
        f"ICPN:0{ICPN}",
        f"GRID:{GRID}",
    }
    deal = one(found, DealFact)
    assert deal.sender_id == one(found, PartyFact).id
    assert (deal.uses, deal.models) == (("ON_DEMAND_STREAM",), ("SUBSCRIPTION",))
    assert (deal.valid_from, deal.valid_to, deal.territories) == ("2024-01-01", None, ("2136",))
    assert deal.recorded_at.isoformat() == "2024-03-01T09:00:00+00:00"
    assert covered(found) == {"ON_DEMAND_STREAM": {"An Album", "Track 1", "Track 2"}}


def test_nothing_is_ever_claimed(tmp_path: Path) -> None:
    """A ℗ line, an imprint, a sender or a rights controller makes no claim and no agreement."""
    for path in (*FOLDER.glob("*.xml"), Album().write(tmp_path)):
        kinds = {type(fact).__name__ for fact in facts(list(ern.read(path)))}
        assert not kinds & {"ClaimFact", "AgreementFact", "OperatesFact", "KnownAsFact"}
    found = list(ern.read(FOLDER / "audius_01_delivery.xml"))
    assert sum(record.unmapped["recording: RightsController"] for record in found) == 1


@pytest.mark.parametrize("version", ["382", "43"])
def test_deals_on_a_track_of_its_own_decide_for_it(version: str, tmp_path: Path) -> None:
    """The album's deals are on its recordings, but for the one that has deals of its own."""
    deals = (Deal(), Deal(on=("R2",), uses=("PermanentDownload",), models=("PayAsYouGoModel",)))
    found = facts(list(ern.read(Album(version=version, deals=deals).write(tmp_path))))
    assert covered(found) == {
        "ON_DEMAND_STREAM": {"An Album", "Track 1"},
        "PERMANENT_DOWNLOAD": {"Track 2"},
    }
    sent = {fact.release_id for fact in found if isinstance(fact, DealFact)}
    assert sent == {one(found, ReleaseFact).id}


def test_an_end_date_is_the_last_day_and_territories_are_sets(tmp_path: Path) -> None:
    """The graph has half-open days; what is left out is left out of the world where nothing else is said."""
    deals = (
        Deal(territories=(), excluded=("US",), end="2024-12-31", uses=("Stream",)),
        Deal(territories=("DE", "GL", "2120"), start=None, end="2024-12-31", uses=("Download",)),
    )
    found = list(ern.read(Album(deals=deals).write(tmp_path)))
    terms = {
        fact.uses: (fact.territories, fact.excluded_territories, fact.valid_from, fact.valid_to)
        for fact in facts(found)
        if isinstance(fact, DealFact)
    }
    assert terms == {
        ("STREAM",): (("2136",), ("US",), "2024-01-01", "2025-01-01"),
        ("DOWNLOAD",): (("DE", "2120"), (), None, "2025-01-01"),
    }
    assert rules(found) == []
    assert sum(record.unmapped["territory: GL"] for record in found) == 1


@pytest.mark.parametrize(
    ("deal", "rule"),
    [
        (Deal(territories=("Atlantis",)), Rule.ERN_TERRITORY),
        (Deal(excluded=("US-CA",)), Rule.ERN_TERRITORY),
        (Deal(start="soon"), Rule.ERN_DATE),
        (Deal(uses=()), Rule.ERN_DEAL_TERMS),
        (Deal(models=()), Rule.ERN_DEAL_TERMS),
        (Deal(on=("R7",)), Rule.ERN_REFERENCE),
    ],
)
def test_a_deal_that_cannot_be_read_is_refused_and_offers_nothing(
    deal: Deal, rule: Rule, tmp_path: Path
) -> None:
    """What cannot be read is told, and the message still replaces what was offered before."""
    found = list(ern.read(Album(deals=(deal,)).write(tmp_path)))
    assert rule in {each for _, each in rules(found)}
    kinds = {fact.kind for fact in facts(found) if isinstance(fact, DealFact)}
    assert kinds == {"NO_DEAL"}
    assert all(line > 0 for line, _ in rules(found))


@pytest.mark.parametrize("version", ["382", "43"])
def test_take_downs_purges_and_messages_without_deals(version: str, tmp_path: Path) -> None:
    """A flag takes down from its start on, a purge from its day on; no deals are told as none."""
    down = Deal(take_down=True)
    found = facts(list(ern.read(Album(version=version, deals=(down,)).write(tmp_path))))
    deal = one(found, DealFact)
    assert (deal.kind, deal.valid_from, deal.uses) == ("TAKE_DOWN", "2024-03-01", ())
    release = deal.release_id
    found = facts(list(ern.read(Album(version=version, deals=()).write(tmp_path))))
    assert one(found, DealFact).kind == "NO_DEAL"
    grid = f"<GRid>{GRID}</GRid>"
    path = purge(tmp_path, grid, number="P", created="2024-05-06T23:00:00Z", version=version)
    found = facts(list(ern.read(path)))
    deal = one(found, DealFact)
    assert (deal.kind, deal.valid_from, deal.territories) == ("TAKE_DOWN", "2024-05-06", ("2136",))
    # The release had a barcode, too, and was known by that; its message says where the GRid leads.
    redirects = [
        fact
        for fact in facts(list(ern.read(Album(version=version).write(tmp_path))))
        if isinstance(fact, RedirectFact)
    ]
    assert [(fact.id, fact.to) for fact in redirects] == [(deal.release_id, release)]


def test_messages_of_others_are_read() -> None:
    """What two projects test themselves with: three versions, odd ids, lists in the wrong order."""
    found = {path.name: list(ern.read(path)) for path in sorted(FOLDER.glob("*.xml"))}
    first, update, gone = (facts(found[name]) for name in list(found)[:3])
    deals = [one(each, DealFact) for each in (first, update, gone)]
    assert [deal.kind for deal in deals] == ["DEAL", "DEAL", "TAKE_DOWN"]
    assert len({(deal.release_id, deal.sender_id) for deal in deals}) == 1
    assert deals[0].recorded_at < deals[1].recorded_at < deals[2].recorded_at
    assert one(update, RecordingFact).title == "Updated Example Song"
    assert one(first, RecordingFact).id == one(update, RecordingFact).id
    titles = {
        one(facts(records), ReleaseFact).title for name, records in found.items() if "suite" in name
    }
    assert titles == {"Test Album 3.8.2", "Test Album 4.2", "Test Release Title"}
    assert {name: rules(records) for name, records in found.items() if rules(records)} == {
        "ddexsuite_ern-4.3_simple_release.xml": [(39, Rule.ERN_DEAL_TERMS)]
    }
    kinds = [type(fact) for fact in facts(found["ddexsuite_ern-4.3_simple_release.xml"])]
    assert kinds.index(RecordingFact) < kinds.index(ReleaseFact)


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("", 1, Rule.XML_UNTERMINATED),
        ("<labels/>", 0, Rule.ERN_ROOT),
        ("<NewReleaseMessage/>", 0, Rule.ERN_VERSION),
        ('<m:NewReleaseMessage xmlns:m="http://ddex.net/xml/ern/37"/>', 0, Rule.ERN_VERSION),
        ('<m:NewReleaseMessage xmlns:m="http://ddex.net/xml/ern/43"/>', 0, Rule.ERN_HEADER),
        ("<!DOCTYPE x><NewReleaseMessage/>", 1, Rule.XML_DTD),
        (
            '<!DOCTYPE x [<!ENTITY a "b">]>\n<NewReleaseMessage>&a;</NewReleaseMessage>',
            1,
            Rule.XML_DTD,
        ),
        (Album().xml().replace("<MessageId>M1</MessageId>", ""), 3, Rule.ERN_HEADER),
        (Album(created="yesterday").xml(), 3, Rule.ERN_HEADER),
        (Album().xml().replace("</DealList>", ""), 52, Rule.XML_SYNTAX),
        (Album().xml().partition("</ReleaseList>")[0], 50, Rule.XML_UNTERMINATED),
        (Album().xml().replace("The Label", "&unknown;", 1), 13, Rule.XML_SYNTAX),
    ],
)
def test_a_message_that_cannot_be_read_is_refused_whole(
    text: str, line: int, rule: Rule, read: Read
) -> None:
    """Nothing of it is kept, and the refusal has its line where one is known."""
    (record,) = read(text)
    assert (record.fatal, record.facts) == (True, [])
    assert rules([record]) == [(line, rule)]


def test_what_has_no_name_is_refused_alone(read: Read) -> None:
    """A recording without a number, one without a title, and a release without a number."""
    text = Album().xml()
    found = read(text.replace(f"<ISRC>{ISRC}</ISRC>", ""))
    assert {rule for _, rule in rules(found)} == {Rule.ERN_NO_ID}
    assert [fact.title for fact in facts(found) if isinstance(fact, TrackFact)] == ["Track 2"]
    found = read(text.replace("<DisplayTitleText>Track 1</DisplayTitleText>", ""))
    assert {rule for _, rule in rules(found)} == {Rule.ERN_NO_TITLE}
    found = read(text.replace(f"<GRid>{GRID}</GRid><ICPN>{ICPN}</ICPN>", ""))
    assert {rule for _, rule in rules(found)} == {Rule.ERN_NO_ID, Rule.ERN_REFERENCE}
    found = read(text.replace("<ReleaseResourceReference>A2<", "<ReleaseResourceReference>A7<", 1))
    assert {rule for _, rule in rules(found)} == {Rule.ERN_REFERENCE}


def test_what_is_too_large_or_too_deep_is_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One piece has a bound, whether it is long, one tag or nested; the memory with it."""
    monkeypatch.setattr(pieces, "MAX_PIECE", 5_000)
    long = "x" * 2_000_000
    for text in (f"<PLineText>{long}</PLineText>", f'<PLineText a="{long}"/>'):
        (record,) = read(Album().xml().replace("<PLineText>The Label</PLineText>", text, 1))
        assert [rule for _, rule in rules([record])] == [Rule.RECORD_TOO_LARGE]
    deep = "<a>" * 200 + "</a>" * 200
    (record,) = read(Album().xml().replace("<Year>2024</Year>", deep, 1))
    assert [rule for _, rule in rules([record])] == [Rule.XML_SYNTAX]


def test_gzip_utf_16_and_going_on_after_a_record(read: Read, tmp_path: Path) -> None:
    """Compressed or in UTF-16 it is the same; skipping yields exactly the records after those."""
    whole = read(Album().xml())
    assert facts(read(gzip.compress(Album().xml().encode()))) == facts(whole)
    sixteen = Album().xml().replace("UTF-8", "UTF-16", 1).encode("utf-16")
    assert facts(read(sixteen)) == facts(whole)
    path = Album().write(tmp_path)
    for skip in range(len(whole) + 1):
        assert list(ern.read(path, skip)) == whole[skip:]


@given(st.text(max_size=60), st.integers(0, 3_000))
def test_damage_anywhere_is_refused_or_read_and_nothing_else(damage: str, at: int) -> None:
    """Whatever stands anywhere in a message, the reader yields records."""
    text = Album().xml()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "message.xml"
        path.write_text(text[:at] + damage + text[at:], encoding="utf-8", errors="replace")
        records = list(ern.read(path))
    assert records
    assert all(isinstance(rule, Rule) for _, rule in rules(records))


def test_words_and_lengths() -> None:
    """DDEX's words by rule, and ISO 8601's lengths as far as the graph has them."""
    assert [spelt(each) for each in ("OnDemandStream", "EP", "UserDefined")] == [
        "ON_DEMAND_STREAM",
        "EP",
        "USER_DEFINED",
    ]
    assert [model(each) for each in ("PayAsYouGoModel", "AsPerContract")] == [
        "PAY_AS_YOU_GO",
        "AS_PER_CONTRACT",
    ]
    assert [
        milliseconds(each)
        for each in ("PT3M45S", "PT1H2M3.456S", "P1DT1S", "PT0S", "P", "3:45", "PT9999999H", None)
    ] == [225_000, 3_723_456, 86_401_000, 0, None, None, None, None]

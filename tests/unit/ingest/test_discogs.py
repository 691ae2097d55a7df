"""Discogs records become facts; a broken record costs itself, a hostile file is refused whole."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.facts import (
    ArtistFact,
    ArtistLinkFact,
    CreditFact,
    IdentifierFact,
    IdentityFact,
    IdentityLinkFact,
    IssueFact,
    LabelFact,
    RecordingFact,
    ReleaseFact,
    SublabelFact,
    TrackFact,
)
from graph.ids import mint
from ingest import discogs
from ingest.discogs import splitter
from ingest.discogs.roles import roles
from ingest.records import Record, digest
from ingest.reports import Rule
from tests.unit.ingest.conftest import SAMPLE
from tests.unit.ingest.facts import names, of, rules

ReadXml = Callable[[str | bytes], list[Record]]

ARTIST = "<artist><id>{0}</id><name>Name {0}</name></artist>"


@pytest.fixture
def read_xml(tmp_path: Path) -> ReadXml:
    """Return a reader of a dump given in the test."""

    def read(text: str | bytes) -> list[Record]:
        file = tmp_path / "dump.xml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return list(discogs.read(file))

    return read


def sample(kind: str) -> Iterator[Record]:
    """Yield the records of one of the sample's dumps."""
    return discogs.read(SAMPLE / "discogs" / f"discogs_20200806_{kind}.xml.gz")


def test_an_artist_with_its_names_aliases_and_members() -> None:
    """Variations are aliases of the one artist; aliases and members are artists of their own."""
    first, second = (record for _, record in zip(range(2), sample("artists"), strict=False))
    persuader = of(first, ArtistFact)[0]
    assert (persuader.name, persuader.mention, persuader.type) == ("The Persuader", False, None)
    assert persuader.aliases == ("Jesper Dahlbäck", "Persuader", "The Presuader")
    titles = names([first, second])
    links = of(first, ArtistLinkFact)
    assert len(links) == 7
    assert all(link.type == "ALIAS_OF" and link.artist_id < link.other_id for link in links)
    group = of(second, ArtistFact)[0]
    assert group.type == "GROUP"
    members = [link for link in of(second, ArtistLinkFact) if link.type == "MEMBER_OF"]
    assert [(titles[link.artist_id], link.other_id) for link in members] == [
        ("Alexi Delano", group.id),
        ("Cari Lekebusch", group.id),
    ]
    keys = {fact.id: fact.key for fact in of(first, IdentityFact)}
    statuses = {keys[fact.identity_id]: fact.status for fact in of(first, IdentityLinkFact)}
    assert statuses["DISCOGS:artist/1"] == "ACCEPTED"
    assert statuses["URL:https://en.wikipedia.org/wiki/Jesper_Dahlbäck"] == "PROPOSED"


def test_namesakes_keep_their_number_apart_from_the_name() -> None:
    """Discogs' "(2)" is no part of a name: it tells namesakes apart."""
    artists = [fact for record in sample("artists") for fact in of(record, ArtistFact)]
    numbered = [fact for fact in artists if fact.disambiguation]
    assert len(numbered) > 100
    assert not [fact.name for fact in artists if fact.name.endswith(")") and "(2)" in fact.name]


def test_a_labels_parent_is_above_it() -> None:
    """Svek is a brand under Goldhead Music."""
    records = list(sample("labels"))
    svek = next(fact for record in records for fact in of(record, LabelFact) if fact.name == "Svek")
    links = {
        fact.label_id: fact.parent_id for record in records for fact in of(record, SublabelFact)
    }
    assert names(records)[links[svek.id]] == "Goldhead Music"


def test_a_release_with_its_tracks_credits_and_label() -> None:
    """Sides are places on records; the credit of the release stands on each track."""
    record = next(sample("releases"))
    release = of(record, ReleaseFact)[0]
    assert release.title == "Stockholm"
    assert (release.date, release.country, release.format) == ("1999-03", "SE", "Vinyl")
    tracks = of(record, TrackFact)
    assert [(track.medium, track.position, track.number) for track in tracks] == [
        (1, 1, "A"),
        (1, 2, "B1"),
        (1, 3, "B2"),
        (2, 1, "C1"),
        (2, 2, "C2"),
        (2, 3, "D"),
    ]
    first = of(record, RecordingFact)[0]
    assert first.id == mint("discogs", "recording", "1\x1fA")
    assert (first.title, first.length_ms) == ("Östermalm", 285_000)
    main = [fact for fact in of(record, CreditFact) if fact.role == "MAIN"]
    assert {fact.type for fact in main} == {"RELEASED", "RECORDED"}
    assert len(main) == 7
    (composer,) = [fact for fact in of(record, CreditFact) if fact.role == "COMPOSER"]
    assert names([record])[composer.artist_id] == "Jesper Dahlbäck"
    assert composer.thing_id == release.id
    (issue,) = of(record, IssueFact)
    assert issue.catalogue_number == "SK032"


def test_isrcs_stand_on_the_tracks_they_are_described_for() -> None:
    """An ISRC described as "Track B1" belongs to that recording, not to the release."""
    found = {
        fact.raw: fact
        for record in sample("releases")
        for fact in of(record, IdentifierFact)
        if fact.scheme == "ISRC"
    }
    assert found["IT-J04-01-00242"].thing == "Recording"
    assert found["IT-J04-01-00242"].key == "ISRC:ITJ040100242"


def test_roles_are_read_out_of_their_text() -> None:
    """What stands in brackets is detail; what nobody maps has no role."""
    assert list(roles("Producer [Additional, Vocals], Mixed By, Tenor Saxophone, Design")) == [
        ("Producer", "PRODUCER"),
        ("Mixed By", "MIXER"),
        ("Tenor Saxophone", "INSTRUMENT"),
        ("Design", None),
    ]


def test_credits_for_some_tracks_stand_on_those(read_xml: ReadXml) -> None:
    """A credit's "2 to 3" names recordings; one not understood stays on the release."""
    track = "<track><position>{0}</position><title>T{0}</title><duration>1:00</duration></track>"
    credit = "<artist><id>7</id><name>X</name><role>Remix</role><tracks>{}</tracks></artist>"
    (record,) = read_xml(
        '<releases><release id="5"><title>R</title><tracklist>'
        + "".join(track.format(number) for number in (1, 2, 3))
        + "</tracklist><extraartists>"
        + credit.format("2 to 3")
        + credit.format("Z9")
        + "</extraartists></release></releases>"
    )
    places = {fact.id: fact.title for fact in of(record, RecordingFact)}
    things = [places.get(fact.thing_id, "release") for fact in of(record, CreditFact)]
    assert things == ["T2", "T3", "release"]


def test_one_broken_record_costs_only_itself(read_xml: ReadXml) -> None:
    """Whatever is wrong inside a record, the ones around it are kept."""
    broken = [
        "<artist><id>2</id><name>A & B</name></artist>",
        "<artist><id>3</id><name>crossed</id></name></artist>",
        "<artist><id>4</id><name>not closed</name>",
        "<artist><id>5</id><name>&undefined;</name></artist>",
        "<artist><id>6</id></artist>",
        "<artist><id>x</id><name>no number</name></artist>",
        "<artist><id>7</id><name>\x01</name></artist>",
    ]
    lines = ["<artists>", ARTIST.format(1), *broken, ARTIST.format(9), "</artists>"]
    records = read_xml("\n".join(lines))
    assert rules(records) == [
        (3, Rule.XML_SYNTAX),
        (4, Rule.XML_SYNTAX),
        (5, Rule.XML_UNTERMINATED),
        (6, Rule.XML_SYNTAX),
        (7, Rule.DISCOGS_NO_NAME),
        (8, Rule.DISCOGS_NO_ID),
        (9, Rule.XML_SYNTAX),
    ]
    assert list(names(records).values()) == ["Name 1", "Name 9"]


DOCTYPE = '<!DOCTYPE artists [<!ENTITY a "{}">]>'


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (DOCTYPE.format("x") + "<artists></artists>", Rule.XML_DTD),
        ('<?xml version="1.0"?>\n<!-- c -->' + DOCTYPE.format("x"), Rule.XML_DTD),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><artists/>', Rule.XML_DTD),
        ("<artists>" + DOCTYPE.format("x") + ARTIST.format(1) + "</artists>", Rule.XML_DTD),
        ("<?xml version='1.0' encoding='UTF-16'?><artists></artists>", Rule.XML_ENCODING),
        ("<artists></artists>".encode("utf-16"), Rule.XML_ENCODING),
        ("<masters><master id='1'/></masters>", Rule.DISCOGS_ROOT),
        ("", Rule.DISCOGS_ROOT),
        ("{}", Rule.DISCOGS_ROOT),
        (gzip.compress(b"<artists>" * 1000)[:-20], Rule.GZIP_CORRUPT),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_whole(
    read_xml: ReadXml, text: str | bytes, rule: Rule
) -> None:
    """Document types, entities, other encodings and other formats are refused with a reason."""
    (record,) = read_xml(text)
    assert record.fatal
    assert rules([record]) == [(0, rule)]
    assert not record.facts


def test_a_document_type_inside_a_record_is_not_read(read_xml: ReadXml) -> None:
    """An entity defined inside a record defines nothing."""
    hostile = "<artist><id>1</id><name><!DOCTYPE a [<!ENTITY b 'c'>]>&b;</name></artist>"
    records = read_xml(f"<artists>{hostile}{ARTIST.format(2)}</artists>")
    assert rules(records) == [(1, Rule.XML_SYNTAX)]
    assert list(names(records).values()) == ["Name 2"]


def test_a_nested_record_of_the_same_name_belongs_to_the_outer(read_xml: ReadXml) -> None:
    """A label's sublabels are labels by tag, and no records."""
    (record,) = read_xml(
        "<labels><label><id>1</id><name>Up</name><sublabels>"
        '<label id="2">Down &gt; (3)</label><label/></sublabels></label></labels>'
    )
    assert {(fact.name, fact.mention) for fact in of(record, LabelFact)} == {
        ("Up", False),
        ("Down >", True),
    }
    assert record.unmapped["label: sublabel without id"] == 1


def test_memory_does_not_grow_with_a_record_that_never_ends(
    read_xml: ReadXml, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past a limit an unclosed record is refused and the next one found."""
    monkeypatch.setattr(splitter, "MAX_RECORD", 100_000)
    endless = "<artist><id>1</id><name>" + "x" * 5_000_000
    records = read_xml(f"<artists>{endless}{ARTIST.format(2)}</artists>")
    assert {rule for _, rule in rules(records)} == {Rule.RECORD_TOO_LARGE}
    assert list(names(records).values()) == ["Name 2"]


def test_reading_can_begin_anywhere() -> None:
    """What a resumed read yields is what the whole read yields from there on."""
    path = SAMPLE / "discogs" / "discogs_20200806_labels.xml.gz"
    whole = list(discogs.read(path))
    assert list(discogs.read(path, 400)) == whole[400:]
    assert len(whole) == 500


@pytest.mark.parametrize("opener", ["<!--", "<![CDATA["])
def test_openers_that_nothing_closes_are_walked_once(read_xml: ReadXml, opener: str) -> None:
    """A megabyte of openers takes no quadratic time, and costs only its record."""
    broken = f"<artist><id>1</id>{opener * 200_000}</artist>"
    began = time.perf_counter()
    records = read_xml(f"<artists>{broken}{ARTIST.format(2)}</artists>")
    assert time.perf_counter() - began < 10
    assert rules(records) == [(1, Rule.XML_SYNTAX)]
    assert list(names(records).values()) == ["Name 2"]


def test_a_comment_longer_than_a_read_hides_the_tags_in_it(read_xml: ReadXml) -> None:
    """A comment longer than a read hides the tags in it."""
    hidden = f"<!-- {'</artist> ' * 200_000} -->"
    [record] = read_xml(f"<artists><artist><id>1</id>{hidden}<name>N</name></artist></artists>")
    assert not record.refused


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """A pipe is refused and not waited for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file"):
        digest(pipe)

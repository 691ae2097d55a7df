"""Discogs records become facts; a broken record costs itself, a hostile file is refused whole."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
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
from ingest import discogs, records
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


IMAGES = '<images><image height="1" uri="" width="1"/></images>'


@pytest.mark.parametrize("kind", ["artist", "label"])
def test_a_record_is_taken_whatever_comes_first_in_it(read_xml: ReadXml, kind: str) -> None:
    """Dumps put images before the id; a comment, a name or an attribute does no harm either."""
    firsts = [IMAGES, "", "<name>First</name>", "<!-- <id>9</id> -->", "<data_quality/>"]
    records = read_xml(
        f"<{kind}s>"
        + "\n".join(
            f"<{kind} at='1'>{first}<id>{at}</id><name>N{at}</name></{kind}>"
            for at, first in enumerate(firsts, 1)
        )
        + f"</{kind}s>"
    )
    assert not rules(records)
    assert [record.line for record in records] == [1, 2, 3, 4, 5]
    assert {fact.key for record in records for fact in of(record, IdentityFact)} == {
        f"DISCOGS:{kind}/{at}" for at in range(1, 6)
    }


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("artist", "<artist/>"),
        ("artist", "<artist></artist>"),
        ("artist", f"<artist>{IMAGES}<name>X</name></artist>"),
        ("label", "<label>X</label>"),
        ("label", "<label><sublabels><label id='7'>Y</label></sublabels></label>"),
        ("release", "<release><title>X</title></release>"),
        ("release", "<release/>"),
    ],
)
def test_a_record_without_an_id_is_refused_and_told(
    read_xml: ReadXml, kind: str, lost: str
) -> None:
    """Between others, it costs only itself."""
    whole = (
        '<release id="{0}"><title>T</title></release>'
        if kind == "release"
        else f"<{kind}><id>{{0}}</id><name>N</name></{kind}>"
    )
    text = "\n".join([f"<{kind}s>", whole.format(1), lost, whole.format(2), f"</{kind}s>"])
    records = read_xml(text)
    assert rules(records) == [(3, Rule.DISCOGS_NO_ID)]
    assert [bool(record.facts) for record in records] == [True, False, True]


@pytest.mark.parametrize("inside", ["<id>2</id><name>B</name>", IMAGES + "<id>2</id>"])
def test_a_whole_record_in_a_list_of_another_is_none_of_the_dumps(
    read_xml: ReadXml, inside: str
) -> None:
    """Neither taken for a record, nor for the end of the one around it."""
    (record,) = read_xml(
        f"<labels><label>{IMAGES}<sublabels><!-- </sublabels> --><label>{inside}</label>"
        "</sublabels><id>1</id><name>Up</name></label></labels>"
    )
    assert not record.refused
    assert [fact.name for fact in of(record, LabelFact)] == ["Up"]


@pytest.mark.parametrize(
    "broken", ["<images>", "<id>1</id><name>", "<id>1</id><sublabels>", "<id>1</id><!-- "]
)
def test_what_follows_a_record_that_is_not_closed_is_read(read_xml: ReadXml, broken: str) -> None:
    """Wherever it breaks off, also inside a list or a comment."""
    rest = [f"<label>{IMAGES}<id>{at}</id><name>N{at}</name></label>" for at in (2, 3)]
    records = read_xml("\n".join(["<labels>", f"<label>{broken}", *rest, "</labels>"]))
    assert rules(records) == [(2, Rule.XML_UNTERMINATED)]
    assert list(names(records).values()) == ["N2", "N3"]


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "\n",
        "<!-- more -->",
        "</artist",
        "</artists",
        "<artist><id>3</id>",
        "<artist><id>",
        "<?p",
    ],
)
def test_a_file_that_breaks_off_is_no_whole_one(read_xml: ReadXml, tail: str) -> None:
    """Also between two records, where every record read is sound; they are kept."""
    records = read_xml(f"<artists>\n{ARTIST.format(1)}\n{ARTIST.format(2)}{tail}")
    assert records[-1].fatal
    assert rules(records[-1:]) == [(0, Rule.XML_UNTERMINATED)]
    assert "</artists>" in records[-1].refused[0][2]
    assert list(names(records).values()) == ["Name 1", "Name 2"]


@pytest.mark.parametrize("chunk", [1, 5, 1 << 20])
@pytest.mark.parametrize(
    "text",
    [
        "<artists/>",
        "<artists></artists>",
        "<artists><artist><id>1</id></artists >\n<!-- end -->\n",
        f"<artists>{'stray ' * 500}</artists>",
    ],
)
def test_a_file_whose_root_is_closed_is_whole(
    read_xml: ReadXml, monkeypatch: pytest.MonkeyPatch, text: str, chunk: int
) -> None:
    """However little is read at a time, and whatever stands before the end."""
    monkeypatch.setattr(records, "_CHUNK", chunk)
    assert not any(record.fatal for record in read_xml(text))


def test_what_is_no_record_is_told_once(read_xml: ReadXml) -> None:
    """A mistyped tag loses its record; comments and white space are nobody's loss."""
    records = read_xml(
        f"<artists>\n<!-- <artist> -->\n<artst><id>7</id><name>X</name></artist>\n"
        f"{ARTIST.format(2)}\n<?pi?></artists>\n"
    )
    assert rules(records) == [(3, Rule.XML_SYNTAX)]
    assert list(names(records).values()) == ["Name 2"]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_where_reading_pauses_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cut is the same when the file comes in small pieces."""
    label = f"<label>{IMAGES}<id>1</id><sublabels><label id='2'>X</label></sublabels></label>"
    text = f"<labels at='1'>{label}<label><id>1</id>\n{label}<!-- {label} -->stray {label}</labels>"
    whole = list(splitter.cut(BytesIO(text.encode())))
    monkeypatch.setattr(records, "_CHUNK", size)
    monkeypatch.setattr(splitter, "_MAX_PROLOG", 20)
    monkeypatch.setattr(splitter, "_OVERLAP", 100)
    assert list(splitter.cut(BytesIO(text.encode()))) == whole
    assert [found.refused and found.refused[0] for found in whole] == [
        None,
        Rule.XML_UNTERMINATED,
        None,
        Rule.XML_SYNTAX,
        None,
    ]


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

"""MusicBrainz responses become the facts they state, in the graph's words."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from graph.facts import (
    ArtistFact,
    ArtistLinkFact,
    CreditFact,
    IdentifierFact,
    IdentityFact,
    IdentityLinkFact,
    IssueFact,
    KnownAsFact,
    LabelFact,
    OperatesFact,
    ParentFact,
    PartyFact,
    RecordingFact,
    RecordingOfFact,
    RedirectFact,
    ReleaseFact,
    SublabelFact,
    TrackFact,
    WorkFact,
)
from graph.ids import mint
from ingest.records import Record
from ingest.reports import Rule
from tests.unit.ingest.facts import names, of, rules

Read = Callable[[str], Record]
ReadText = Callable[[str], list[Record]]


def test_an_artist_with_aliases_is_a_record(read_response: Read) -> None:
    """A look-up states the artist itself, aliases included, not a mention."""
    artist = of(read_response("picard_artist.json"), ArtistFact)[0]
    assert not artist.mention
    assert artist.name == "Ed Sheeran"
    assert (artist.type, artist.gender, artist.country) == ("PERSON", "MALE", "GB")
    assert artist.begin_date == "1991-02-17"
    assert artist.aliases == ("Shearan", "Ed Sheeran (en)", "Ed Sheeran (en_CA)")


def test_an_artist_with_ipis_has_a_party_that_bears_them(read_response: Read) -> None:
    """IPI names a rights party: it never stands on the artist, and the two are only linked."""
    record = read_response("picard_artist.json")
    (party,) = of(record, PartyFact)
    assert party.kind == "PERSON"
    (known,) = of(record, KnownAsFact)
    assert known.party_id == party.id
    assert known.artist_id == of(record, ArtistFact)[0].id
    bearers = {
        (fact.thing, fact.thing_id)
        for fact in of(record, IdentifierFact)
        if fact.scheme == "IPI_NAME"
    }
    assert bearers == {("Party", party.id)}


def test_a_recording_has_its_isrcs_and_credits(read_response: Read) -> None:
    """Nested credits, relations and works are all found, with roles and as-credited names."""
    record = read_response("picard_recording.json")
    assert "ISRC" in {fact.scheme for fact in of(record, IdentifierFact)}
    recording = of(record, RecordingFact)[0]
    roles = {fact.role for fact in of(record, CreditFact) if fact.thing_id == recording.id}
    assert {"MAIN", "INSTRUMENT", "VOCALS"} <= roles
    assert recording.id in {fact.recording_id for fact in of(record, RecordingOfFact)}


def test_a_works_composer_is_found_inside_a_recording(read_response: Read) -> None:
    """Relations of a nested work count, whichever end they are seen from."""
    record = read_response("picard_recording_composer.json")
    titles = names([record])
    (composer,) = [fact for fact in of(record, CreditFact) if fact.role == "COMPOSER"]
    assert composer.type == "WROTE"
    assert titles[composer.artist_id] == "Пётр Ильич Чайковский"
    assert composer.credited_as == "Tchaikovsky"
    assert titles[composer.thing_id].startswith("Swan Lake")
    orchestra = {fact.role: titles[fact.artist_id] for fact in of(record, CreditFact)}
    assert orchestra["ORCHESTRA"] == "Orchestre symphonique de Montréal"
    assert orchestra["CONDUCTOR"] == "Charles Dutoit"


def test_the_join_phrases_make_the_printed_credit(read_response: Read) -> None:
    """The credit keeps its order, its phrases and its text."""
    record = read_response("picard_recording_multi_artists_1.json")
    credit = of(record, CreditFact)
    assert [fact.position for fact in credit] == list(range(len(credit)))
    printed = "".join((fact.credited_as or "") + (fact.join_phrase or "") for fact in credit)
    assert of(record, RecordingFact)[0].artist_credit == printed


def test_who_follows_feat_is_featured(read_text: ReadText) -> None:
    """The role changes after a phrase like "feat.", not before."""
    credit = [
        {"name": "A", "joinphrase": " & ", "artist": {"id": "a" * 36, "name": "A"}},
        {"name": "B", "joinphrase": " feat. ", "artist": {"id": "b" * 36, "name": "B"}},
        {"name": "C", "joinphrase": "", "artist": {"id": "c" * 36, "name": "C"}},
    ]
    (record,) = read_text(
        json.dumps({"id": "d" * 36, "title": "T", "length": 1, "artist-credit": credit})
    )
    assert [fact.role for fact in of(record, CreditFact)] == ["MAIN", "MAIN", "FEATURED"]


def test_underscored_responses_read_like_hyphenated_ones(read_response: Read) -> None:
    """The newer spelling, with relations listed by target, gives the same kinds of facts."""
    record = read_response("beets_official_release.json")
    release = of(record, ReleaseFact)[0]
    assert release.title == "百花繚乱"
    assert (release.type, release.status, release.date) == ("SINGLE", "OFFICIAL", "2025-01-10")
    assert release.country is None, "XW is no country"
    (issue,) = of(record, IssueFact)
    assert issue.catalogue_number == "Lilas-020"
    (track,) = of(record, TrackFact)
    assert (track.medium, track.position, track.length_ms) == (1, 1, 179239)
    keys = {fact.key for fact in of(record, IdentifierFact)}
    assert {"ISRC:JPP302400868", "ASIN:B0DR8Y2YDC"} <= keys
    assert of(record, RecordingOfFact)
    assert record.unmapped["artist-release: copyright"] == 1


def test_ownership_joins_parties_and_imprints_join_labels(read_response: Read) -> None:
    """A label that owns others gets a party, and so do they; brands stay brands."""
    record = read_response("papposilene_lookup_label.json")
    parents = of(record, ParentFact)
    assert len(parents) == 114
    operates = {fact.party_id: fact.label_id for fact in of(record, OperatesFact)}
    titles = names([record])
    assert {titles[operates[fact.parent_id]] for fact in parents} == {"Universal Music Group"}
    assert {fact.kind for fact in of(record, PartyFact)} == {"ORGANISATION"}
    (imprint,) = of(record, SublabelFact)
    assert titles[imprint.label_id] == "Chrysalis"
    assert titles[imprint.parent_id] == "Universal Music Group"


def test_what_nobody_maps_is_counted_and_its_target_kept(read_response: Read) -> None:
    """226 marketed releases are counted as unmapped, and the releases are there."""
    record = read_response("papposilene_lookup_label.json")
    assert record.unmapped["label-release: marketed"] == 226
    assert len({fact.id for fact in of(record, ReleaseFact)}) > 200


def test_addresses_become_identities_by_a_stated_rule(read_response: Read) -> None:
    """A database's number is accepted, a profile proposed, any other page only related."""
    record = read_response("papposilene_lookup_label.json")
    keys = {fact.id: fact.key for fact in of(record, IdentityFact)}
    links = {keys[fact.identity_id]: fact for fact in of(record, IdentityLinkFact)}
    discogs = links["DISCOGS:label/38404"]
    assert (discogs.relation, discogs.status, discogs.confidence) == ("SAME", "ACCEPTED", 0.9)
    assert "https://www.discogs.com/label/38404" in discogs.evidence[0]
    assert links["WIKIDATA:Q38903"].status == "ACCEPTED"
    assert links["YOUTUBE:user/emimusic"].status == "PROPOSED"
    assert links["OFFICIAL_HOMEPAGE:http://www.universalmusic.com/"].status == "PROPOSED"
    assert links["URL:https://myspace.com/universalmusic"].relation == "RELATED"


def test_an_address_looked_up_is_linked_from_its_artist(read_response: Read) -> None:
    """A look-up of a URL states the identity of what it belongs to."""
    record = read_response("papposilene_lookup_url.json")
    assert names([record]) == {
        mint("musicbrainz", "artist", "4aae17a7-9f0c-487b-b60e-f8eafb410b1d"): "Nick Cave"
    }
    urls = {fact.scheme: fact.url for fact in of(record, IdentityFact)}
    assert urls == {
        "MBID": "https://musicbrainz.org/artist/4aae17a7-9f0c-487b-b60e-f8eafb410b1d",
        "URL": "http://www.bbc.co.uk/music/artists/4aae17a7-9f0c-487b-b60e-f8eafb410b1d",
    }


@pytest.mark.parametrize(
    ("direction", "member", "group"), [("forward", "P", "G"), ("backward", "G", "P")]
)
def test_directions_are_respected(
    read_text: ReadText, direction: str, member: str, group: str
) -> None:
    """Membership runs from the first entity to the second, whichever was looked up."""
    (record,) = read_text(
        json.dumps(
            {
                "id": "1" * 36,
                "name": "P",
                "gender": None,
                "relations": [
                    {
                        "type": "member of band",
                        "target-type": "artist",
                        "direction": direction,
                        "begin": "1990",
                        "attributes": ["guitar"],
                        "artist": {"id": "2" * 36, "name": "G"},
                    }
                ],
            }
        )
    )
    (link,) = of(record, ArtistLinkFact)
    titles = names([record])
    assert (titles[link.artist_id], titles[link.other_id]) == (member, group)
    assert (link.type, link.begin_date, link.attributes) == ("MEMBER_OF", "1990", ("guitar",))


def test_is_person_runs_from_the_person_to_the_persona(read_text: ReadText) -> None:
    """The legal name performs as the stage name; they stay two."""
    relation = {
        "type": "is person",
        "target-type": "artist",
        "direction": "forward",
        "artist": {"id": "2" * 36, "name": "Stage"},
    }
    (record,) = read_text(
        json.dumps({"id": "1" * 36, "name": "Legal", "gender": None, "relations": [relation]})
    )
    (link,) = of(record, ArtistLinkFact)
    titles = names([record])
    assert (link.type, titles[link.artist_id], titles[link.other_id]) == (
        "PERFORMS_AS",
        "Legal",
        "Stage",
    )


def test_a_merged_id_becomes_a_redirect(read_text: ReadText) -> None:
    """MusicBrainz answers for a merged id with the survivor: that is a merge."""
    old, new = "0" * 36, "1" * 36
    line = {"request": f"/ws/2/work/{old}?fmt=json", "response": {"id": new, "title": "W"}}
    first, second = read_text(
        json.dumps(line) + "\n" + json.dumps({**line, "request": f"/ws/2/work/{new}"})
    )
    assert of(first, RedirectFact) == [
        RedirectFact(
            id=mint("musicbrainz", "work", old),
            to=mint("musicbrainz", "work", new),
            label="Work",
            reason="MUSICBRAINZ_MERGE",
        )
    ]
    assert of(second, RedirectFact) == []


def test_an_invalid_number_is_kept_with_its_reason(read_text: ReadText) -> None:
    """A barcode whose check digit fails is evidence: kept as it came, and never linking."""
    (record,) = read_text(
        json.dumps({"id": "1" * 36, "title": "R", "barcode": "5099902988014", "media": []})
    )
    (barcode,) = [fact for fact in of(record, IdentifierFact) if fact.scheme == "ICPN"]
    assert (barcode.raw, barcode.valid, barcode.reason) == ("5099902988014", False, "CHECK_DIGIT")
    assert barcode.key is None


def test_one_broken_record_costs_only_itself(read_text: ReadText) -> None:
    """Each refusal has its line and rule; the other lines are kept."""
    good = json.dumps({"id": "1" * 36, "title": "W", "iswcs": []})
    records = read_text(
        "\n".join(
            [
                good,
                '{"id": "x", ',
                "",
                '{"title": "no id", "iswcs": []}',
                '{"id": "2", "iswcs": []}',
                '{"id": "3", "title": 7, "iswcs": []}',
                '{"id": "4", "title": "W", "iswcs": "T-1"}',
                '{"foo": 1}',
                "[7]",
                '{"id": "5", "title": "deep", "media": ' + "[" * 5000 + "]" * 5000 + "}",
                good,
            ]
        )
    )
    assert rules(records) == [
        (2, Rule.JSON_SYNTAX),
        (4, Rule.MB_NO_ID),
        (5, Rule.MB_NO_NAME),
        (6, Rule.MB_SHAPE),
        (7, Rule.MB_SHAPE),
        (8, Rule.MB_UNKNOWN_KIND),
        (9, Rule.MB_SHAPE),
        (10, Rule.JSON_SYNTAX),
    ]
    assert [bool(of(record, WorkFact)) for record in (records[0], records[-1])] == [True, True]


def test_a_document_over_many_lines_is_one_record(read_text: ReadText) -> None:
    """Pretty-printed JSON is one document; an error in it is told by its own line."""
    value = {"artists": [{"id": "1" * 36, "name": "A"}, {"id": "2" * 36, "name": "B"}]}
    (record,) = read_text(json.dumps(value, indent=2))
    assert [fact.mention for fact in of(record, ArtistFact)] == [False, False]
    (broken,) = read_text('{\n "artists": [\n  {,}\n ]\n}')
    assert rules([broken]) == [(3, Rule.JSON_SYNTAX)]


def test_reading_can_begin_anywhere(responses: dict[str, bytes], read_text: ReadText) -> None:
    """What a resumed read yields is what the whole read yields from there on."""
    text = b"\n".join(responses.values()).decode()
    whole = read_text(text)
    assert len(whole) == 48
    assert all(record.facts or record.refused or record.unmapped for record in whole)
    labels = {fact.name for record in whole for fact in of(record, LabelFact)}
    assert "naïve" in labels

"""Entities of a response, however deep they stand, as facts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, Literal, TypeAlias

from graph.facts import CreditFact, Fact, IssueFact, KnownAsFact, OperatesFact, PartyFact, TrackFact
from graph.facts.entities import EntityFact
from graph.facts.links import CreditType
from graph.ids import mint
from ingest.identities import Thing
from ingest.musicbrainz.numbers import authority_numbers, codes_of, own_number
from ingest.musicbrainz.properties import (
    Kind,
    artist_fact,
    entity_id,
    label_fact,
    mbid_of,
    name_of,
    recording_fact,
    release_fact,
    work_fact,
)
from ingest.musicbrainz.relations import Endpoint, relation_facts
from ingest.musicbrainz.shape import Response, child, number, objects, text, texts
from standards.identifiers import Scheme

Label: TypeAlias = Literal["Artist", "Recording", "Work", "Release", "Label"]

# "A feat. B": whoever follows such a phrase is featured.
_FEATURING: Final = re.compile(r"\b(feat|ft|featuring|introducing)\b", re.IGNORECASE)


class Walker:
    """Collects the facts of one record, and counts what nobody maps."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.unmapped: Counter[str] = Counter()

    def entity(self, kind: str, value: Response, *, mention: bool = True) -> str | None:
        """Collect an entity of any kind; return its id, or None for a kind the graph has not."""
        match kind:
            case "artist":
                return self.artist(value, mention=mention)
            case "recording":
                return self.recording(value, mention=mention)
            case "work":
                return self.work(value, mention=mention)
            case "release":
                return self.release(value, mention=mention)
            case "label":
                return self.label(value, mention=mention)
            case "release-group" | "release_group":
                self.release_group(value)
            case _:
                self._inside(kind, value)
        return None

    def count(self, what: str) -> None:
        """Count what nobody maps."""
        self.unmapped[what] += 1

    def artist(self, value: Response, *, mention: bool) -> str:
        """Collect an artist and, where it has IPIs, the party behind it."""
        fact = artist_fact(value, mention=mention)
        thing = self._begin("Artist", "artist", value, fact)
        self.facts.extend(authority_numbers(thing, Scheme.ISNI, texts(value, "isnis")))
        if ipis := texts(value, "ipis"):
            party = mint("musicbrainz", "artist-party", mbid_of(value))
            holder = "PERSON" if fact.type == "PERSON" else "ORGANISATION"
            self.facts.append(PartyFact(id=party, name=fact.name, kind=holder))
            self.facts.append(KnownAsFact(party_id=party, artist_id=thing.id))
            self.facts.extend(
                authority_numbers(Thing(label="Party", id=party), Scheme.IPI_NAME, ipis)
            )
        self._relations(Endpoint(kind="artist", id=thing.id, mbid=mbid_of(value)), value)
        return thing.id

    def label(self, value: Response, *, mention: bool) -> str:
        """Collect a label and, where it has IPIs, the party that operates it."""
        thing = self._begin("Label", "label", value, label_fact(value, mention=mention))
        self.facts.extend(codes_of(thing, value))
        self.facts.extend(authority_numbers(thing, Scheme.ISNI, texts(value, "isnis")))
        if ipis := texts(value, "ipis"):
            party = self.label_party(value)
            self.facts.extend(
                authority_numbers(Thing(label="Party", id=party), Scheme.IPI_NAME, ipis)
            )
        self._relations(Endpoint(kind="label", id=thing.id, mbid=mbid_of(value)), value)
        for release in objects(value, "releases"):
            self.release(release, mention=True)
        return thing.id

    def label_party(self, value: Response) -> str:
        """Collect the organisation behind a label; return the party's id."""
        mbid = mbid_of(value)
        party = mint("musicbrainz", "label-party", mbid)
        self.facts.append(PartyFact(id=party, name=name_of(value, "name"), kind="ORGANISATION"))
        self.facts.append(OperatesFact(party_id=party, label_id=entity_id("label", mbid)))
        return party

    def recording(self, value: Response, *, mention: bool) -> str:
        """Collect a recording with its artists, ISRCs and relations."""
        fact = recording_fact(value, mention=mention)
        thing = self._begin("Recording", "recording", value, fact)
        self._credits("RECORDED", thing.id, value)
        self.facts.extend(codes_of(thing, value))
        self._relations(Endpoint(kind="recording", id=thing.id, mbid=mbid_of(value)), value)
        for release in objects(value, "releases"):
            self.release(release, mention=True)
        return thing.id

    def work(self, value: Response, *, mention: bool) -> str:
        """Collect a work with its ISWCs and relations."""
        thing = self._begin("Work", "work", value, work_fact(value, mention=mention))
        self.facts.extend(codes_of(thing, value))
        for attribute in objects(value, "attributes"):
            self.unmapped[f"work attribute: {text(attribute, 'type')}"] += 1
        self._relations(Endpoint(kind="work", id=thing.id, mbid=mbid_of(value)), value)
        return thing.id

    def release(
        self, value: Response, *, mention: bool, group: Response | None = None
    ) -> str | None:
        """Collect a release with its artists, labels and tracks; one without id has only labels."""
        if "id" not in value and "label-info" in value:
            # A search for labels' catalogue numbers answers with nothing but them.
            self._issues(None, value)
            return None
        fact = release_fact(value, mention=mention, group=group)
        thing = self._begin("Release", "release", value, fact)
        self.facts.extend(codes_of(thing, value))
        self._credits("RELEASED", thing.id, value)
        self._issues(thing.id, value)
        for place, medium in enumerate(objects(value, "media"), start=1):
            self._medium(thing.id, place, medium)
        self._relations(Endpoint(kind="release", id=thing.id, mbid=mbid_of(value)), value)
        return thing.id

    def release_group(self, value: Response) -> None:
        """Collect a release group's releases; the graph has no groups."""
        releases = objects(value, "releases")
        if not releases:
            self.unmapped["release-group without releases"] += 1
        for release in releases:
            self.release(release, mention=True, group=value)
        for credit in objects(value, "artist-credit"):
            if artist := child(credit, "artist"):
                self.artist(artist, mention=True)
        self._inside("release-group", value)

    def track(self, release_id: str | None, medium: int, place: int, value: Response) -> None:
        """Collect a track and its recording; artists credited on the track alone are its own."""
        recording = child(value, "recording")
        if recording is None:
            self.unmapped["track without recording"] += 1
            return
        if "artist-credit" not in recording and "artist-credit" in value:
            recording = {**recording, "artist-credit": value["artist-credit"]}
        recording_id = self.recording(recording, mention=True)
        if release_id is None:
            return
        position = number(value, "position")
        self.facts.append(
            TrackFact(
                release_id=release_id,
                recording_id=recording_id,
                medium=medium,
                position=place if position is None else position,
                number=text(value, "number"),
                title=text(value, "title"),
                length_ms=number(value, "length"),
            )
        )

    def _begin(self, label: Label, kind: Kind, value: Response, fact: EntityFact) -> Thing:
        """Collect the entity's number and the fact of itself."""
        thing = Thing(label=label, id=fact.id)
        self.facts.extend(own_number(thing, kind, mbid_of(value)))
        self.facts.append(fact)
        return thing

    def _credits(self, kind: CreditType, thing_id: str, value: Response) -> None:
        role = "MAIN"
        for position, credit in enumerate(objects(value, "artist-credit")):
            artist = child(credit, "artist")
            phrase = text(credit, "joinphrase")
            if artist is not None:
                self.facts.append(
                    CreditFact(
                        type=kind,
                        artist_id=self.artist(artist, mention=True),
                        thing_id=thing_id,
                        role=role,
                        position=position,
                        credited_as=text(credit, "name"),
                        join_phrase=phrase,
                    )
                )
            if phrase and _FEATURING.search(phrase):
                role = "FEATURED"

    def _issues(self, release_id: str | None, value: Response) -> None:
        for info in objects(value, "label-info"):
            label = child(info, "label")
            if label is None:
                self.unmapped["catalogue number without label"] += 1
                continue
            label_id = self.label(label, mention=True)
            if release_id is not None:
                self.facts.append(
                    IssueFact(
                        release_id=release_id,
                        label_id=label_id,
                        catalogue_number=text(info, "catalog-number") or "",
                    )
                )

    def _medium(self, release_id: str, place: int, value: Response) -> None:
        position = number(value, "position")
        medium = place if position is None else position
        if pregap := child(value, "pregap"):
            self.track(release_id, medium, 0, pregap)
        tracks = [
            *objects(value, "tracks"),
            *objects(value, "track"),
            *objects(value, "data-tracks"),
        ]
        for at, track in enumerate(tracks, start=1):
            self.track(release_id, medium, at, track)

    def _relations(self, source: Endpoint, value: Response) -> None:
        for relation in objects(value, "relations"):
            self.facts.extend(relation_facts(self, source, value, relation))

    def _inside(self, kind: str, value: Response) -> None:
        """Collect what stands inside an entity that the graph has no place for."""
        self.unmapped[kind] += 1
        for relation in objects(value, "relations"):
            target = text(relation, "target-type") or ""
            if kind == "url" and (found := child(relation, target)) and "resource" in value:
                # An address knows its things from the other side.
                away = {**relation, "target-type": "url", "url": value}
                self.entity(target, {**found, "relations": [away]})
            elif found := child(relation, target):
                self.unmapped[f"{kind}-{target}: {text(relation, 'type')}"] += 1
                self.entity(target, found)

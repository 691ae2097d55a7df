"""The generated layer over given things, as records: rights, identity, policy."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import Fact
from ingest.generated.claims import master_claims, work_claims
from ingest.generated.identity import identity_facts
from ingest.generated.parties import agreement_facts, party_facts, persona_facts
from ingest.generated.policy import flag_fact
from ingest.generated.subjects import Subjects
from ingest.records import Record


def layer(seed: int, subjects: Subjects) -> Iterator[Record]:
    """Yield the layer, a record a thing: parties first, since everything else names them."""
    everyone = subjects.parties
    for at in range(len(everyone)):
        persona = persona_facts(at, everyone, subjects.artists)
        yield _record(*party_facts(seed, at, everyone), *([persona] if persona else []))
    for at in range(len(everyone)):
        yield _record(*agreement_facts(seed, at, everyone))
    for at, recording in enumerate(subjects.recordings):
        yield _record(
            *(master_claims(seed, at, recording, everyone) if everyone else ()),
            flag_fact(seed, at, "Recording", recording),
        )
    for at, work in enumerate(subjects.works):
        yield _record(*(work_claims(seed, at, work, everyone) if everyone else ()))
    for at, artist in enumerate(subjects.artists):
        links = identity_facts(seed, at, artist, subjects.artists)
        yield _record(*links, flag_fact(seed, at, "Artist", artist))
    for at, release in enumerate(subjects.releases):
        yield _record(flag_fact(seed, at, "Release", release))


def _record(*facts: Fact | None) -> Record:
    return Record(line=0, facts=[fact for fact in facts if fact is not None])

"""The variables that operations run with: picked from the data set by its seed alone.

The artists and recordings asked for are known without a look into the graph, because the data set
is made from the same seed; only the cursors of lists have to be walked to.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, Final, TypeAlias

from bench.operations.documents import Operation
from graph.facts import ClaimFact
from ingest.generated import Sizes
from ingest.generated.catalogue import subjects
from ingest.generated.chance import chance, skewed
from ingest.generated.claims import master_claims
from ingest.generated.parties import ALL, BLOCK, SHAPES
from ingest.generated.subjects import Subject, Subjects
from schema.ids import global_id

Variables: TypeAlias = "dict[str, Any]"

# How many different sets of variables an operation runs with, in turn.
CHOICES: Final = 32
# The recordings of one release share their main artist.
_TRACKS: Final = 8
_RELEASES: Final = 2
_DEEP: Final = next(at for at, (name, _) in enumerate(SHAPES) if name == "chain of 6")
_RIGHTS: Final = 3


def variables(seed: int, sizes: Sizes) -> dict[Operation, list[Variables]]:
    """Return the variables of the operations that name their things; the same at every call."""
    everything = subjects(seed, sizes)
    source = random.Random(f"benchmark {seed}")  # noqa: S311 - which things are asked for.
    deep = list(islice(_deep(seed, everything), 20 * CHOICES))

    busy = _busy(seed, everything)

    def artists(count: int, among: Sequence[int]) -> list[str]:
        return _ids("Artist", (everything.artists[at] for at in source.sample(among, count)))

    def recordings(count: int) -> list[str]:
        numbers = source.sample(range(len(everything.recordings)), count)
        return _ids("Recording", (everything.recordings[at] for at in numbers))

    return {
        Operation.Q1: [{"id": artists(1, range(sizes.artists))[0]} for _ in range(CHOICES)],
        Operation.Q2: [{"ids": artists(50, busy)} for _ in range(CHOICES)],
        Operation.Q3: [{"ids": recordings(20)} for _ in range(CHOICES)],
        Operation.Q4: [{"ids": _ids("Recording", source.sample(deep, 20))} for _ in range(CHOICES)],
    }


def paged(cursors: Mapping[str, Sequence[str]]) -> dict[Operation, list[Variables]]:
    """Return the variables of the operations over lists, from cursors a page of 100 apart."""
    recordings, artists = cursors["recordings"], cursors["artists"]
    return {
        Operation.Q5: [{"one": one, "two": two} for one, two in pairwise(recordings)],
        Operation.Q6: [{"after": after} for after in artists],
    }


def _ids(label: str, things: Iterator[Subject] | Sequence[Subject]) -> list[str]:
    return [global_id(label, thing.id) for thing in things]


def _busy(seed: int, everything: Subjects) -> list[int]:
    """Return the numbers of the artists with two releases, and so with ten recordings, or more."""
    numbers = range(len(everything.artists))
    releases = Counter(
        skewed(chance(seed, "main", at), numbers)
        for at in range(len(everything.recordings) // _TRACKS)
    )
    return sorted(at for at, count in releases.items() if count >= _RELEASES)


def _deep(seed: int, everything: Subjects) -> Iterator[Subject]:
    """Yield the recordings with one owner, who assigned the master on through six hands."""
    origins = {
        everything.parties[number * BLOCK].id
        for number in range(len(everything.parties) // BLOCK)
        if number % len(SHAPES) == _DEEP and number % _RIGHTS == 0
    }
    for at, recording in enumerate(everything.recordings):
        claims = list(master_claims(seed, at, recording, everything.parties))
        match claims:
            case [ClaimFact(share=share, party_id=party)] if share == ALL and party in origins:
                yield recording
            case _:
                pass

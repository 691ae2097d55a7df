"""The peers' answers as items.

A peer answers ownership with claims and assignments only: owners and paths are worked out of them
here, so that what a peer read has to be exactly what our answer follows from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias

from bench.operations import Operation
from bench.peers.items import Items, Reading, by_place, fields, links
from standards.ownership import Assignment, resolve

_OWNERS: Final = {Operation.Q3: 5, Operation.Q4: 10}
_PATHS: Final = 5


def peer_items(operation: Operation, data: Mapping[str, Any]) -> Items:
    """Return a peer's answer's items; raise ValueError or LookupError where it has another form."""
    return _READINGS[operation](data)


def _their_q1(data: Mapping[str, Any]) -> Items:
    [artist] = data["artists"]
    return {artist["id"]: artist}


def _their_q2(data: Mapping[str, Any]) -> Items:
    return {
        artist["id"]: {
            "name": artist["name"],
            "recordings": fields(artist["recordings"], "id", "title", "year"),
        }
        for artist in data["artists"]
    }


def _their_q3(data: Mapping[str, Any]) -> Items:
    return {
        recording["id"]: {
            "title": recording["title"],
            "works": fields(recording["works"], "id", "title"),
            "credits": [
                (edge["properties"]["role"], edge["node"]["id"], edge["node"]["name"])
                for edge in recording["artistsConnection"]["edges"]
            ],
            "flags": fields(recording["policyFlags"], "kind", "status"),
            "owners": [
                # Per cent with six places, as ours has them.
                (party, name, Fraction(round(share * 100_000_000), 1_000_000))
                for party, name, share, _ in _owners(recording["ownership"], _OWNERS[Operation.Q3])
            ],
        }
        for recording in data["recordings"]
    }


def _their_q4(data: Mapping[str, Any]) -> Items:
    return {
        recording["id"]: {
            "title": recording["title"],
            "total": sum(claim["share"] for claim in recording["ownership"]["claims"]),
            "owners": [
                (
                    party,
                    name,
                    share,
                    [
                        [
                            (step["share"], step["assignor"]["id"], step["assignor"]["name"])
                            for step in path
                        ]
                        for path in paths
                    ],
                )
                for party, name, share, paths in _owners(
                    recording["ownership"], _OWNERS[Operation.Q4]
                )
            ],
        }
        for recording in data["recordings"]
    }


_Owner: TypeAlias = "tuple[str, str, Fraction, list[list[dict[str, Any]]]]"


def _owners(ownership: Mapping[str, Any], first: int) -> list[_Owner]:
    """Return who owns what of the whole, the largest first, worked out of claims and assignments."""
    base: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for claim in ownership["claims"]:
        base[claim["party"]["id"]] += claim["share"]
        names[claim["party"]["id"]] = claim["party"]["name"]
    agreements = {each["id"]: each for each in ownership["agreements"]}
    for each in agreements.values():
        names[each["acquirer"]["id"]] = each["acquirer"]["name"]
    resolution = resolve(
        base,
        [
            Assignment(
                assignor=each["assignor"]["id"],
                acquirer=each["acquirer"]["id"],
                share=each["share"],
                id=id_,
            )
            for id_, each in agreements.items()
        ],
    )
    shares = sorted(resolution.shares.items(), key=lambda item: (-item[1], item[0]))
    return [
        (
            party,
            names[party],
            share / 10_000,
            [
                [agreements[id_] for id_ in chain.assignments]
                for chain in resolution.chains_to(party, limit=_PATHS).chains
            ],
        )
        for party, share in shares[:first]
    ]


def _their_q5(data: Mapping[str, Any]) -> Items:
    return by_place("one", data["one"]) | by_place("two", data["two"])


def _their_q6(data: Mapping[str, Any]) -> Items:
    return by_place(
        "artist",
        (
            {
                "id": artist["id"],
                "name": artist["name"],
                "links": links(
                    (link, identity)
                    for link in artist["identityLinks"]
                    for identity in link["identities"]
                ),
                "flags": fields(artist["policyFlags"], "kind", "status"),
            }
            for artist in data["artists"]
        ),
    )


_READINGS: Final[Mapping[Operation, Reading]] = {
    Operation.Q1: _their_q1,
    Operation.Q2: _their_q2,
    Operation.Q3: _their_q3,
    Operation.Q4: _their_q4,
    Operation.Q5: _their_q5,
    Operation.Q6: _their_q6,
}

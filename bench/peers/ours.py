"""Our answers as items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from bench.operations import Operation
from bench.peers.items import Fields, Items, Reading, by_place, fields, links
from schema.ids import parse_global_id


def our_items(operation: Operation, data: Mapping[str, Any]) -> Items:
    """Return our answer's items, with plain ids."""
    return _READINGS[operation](data)


def _plain(id_: str) -> str:
    return parse_global_id(id_)[1]


def _nodes(connection: Mapping[str, Any]) -> list[dict[str, Any]]:
    return connection["nodes"]


def _our_things(things: Iterable[Mapping[str, Any]]) -> list[Fields]:
    return [{**thing, "id": _plain(thing["id"])} for thing in things]


def _our_q1(data: Mapping[str, Any]) -> Items:
    [artist] = _our_things([data["artist"]])
    return {artist["id"]: artist}


def _our_q2(data: Mapping[str, Any]) -> Items:
    return {
        artist["id"]: {
            "name": artist["name"],
            "recordings": fields(_our_things(_nodes(artist["recordings"])), "id", "title", "year"),
        }
        for artist in _our_things(data["nodes"])
    }


def _our_q3(data: Mapping[str, Any]) -> Items:
    return {
        recording["id"]: {
            "title": recording["title"],
            "works": fields(_our_things(_nodes(recording["works"])), "id", "title"),
            "credits": [
                (credit["role"], _plain(credit["artist"]["id"]), credit["artist"]["name"])
                for credit in _nodes(recording["credits"])
            ],
            "flags": fields(_nodes(recording["policyFlags"]), "kind", "status"),
            "owners": [
                (*_our_party(owner["party"]), Fraction(owner["share"]["percent"]))
                for owner in recording["ownership"]["owners"]
            ],
        }
        for recording in _our_things(data["nodes"])
    }


def _our_q4(data: Mapping[str, Any]) -> Items:
    return {
        recording["id"]: {
            "title": recording["title"],
            "total": recording["ownership"]["total"],
            "owners": [
                (
                    *_our_party(owner["party"]),
                    Fraction(owner["share"]["fraction"]),
                    [
                        [(step["share"], *_our_party(step["assignor"])) for step in path["steps"]]
                        for path in owner["paths"]
                    ],
                )
                for owner in recording["ownership"]["owners"]
            ],
        }
        for recording in _our_things(data["nodes"])
    }


def _our_party(party: Mapping[str, Any]) -> tuple[str, str]:
    return _plain(party["id"]), party["name"]


def _our_q5(data: Mapping[str, Any]) -> Items:
    pages = (by_place(page, _our_things(_nodes(data[page]))) for page in ("one", "two"))
    return {place: thing for page in pages for place, thing in page.items()}


def _our_q6(data: Mapping[str, Any]) -> Items:
    return by_place(
        "artist",
        (
            {
                "id": artist["id"],
                "name": artist["name"],
                "links": links(
                    (link, link["identity"]) for link in _nodes(artist["identityLinks"])
                ),
                "flags": fields(_nodes(artist["policyFlags"]), "kind", "status"),
            }
            for artist in _our_things(_nodes(data["artists"]))
        ),
    )


_READINGS: Final[Mapping[Operation, Reading]] = {
    Operation.Q1: _our_q1,
    Operation.Q2: _our_q2,
    Operation.Q3: _our_q3,
    Operation.Q4: _our_q4,
    Operation.Q5: _our_q5,
    Operation.Q6: _our_q6,
}

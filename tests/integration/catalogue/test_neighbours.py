"""Every list of every thing in the sample, compared with the relationships that it is made of."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from graph import artists, identifiers, labels, parties, recordings, releases, rights, works
from graph import credits as credit_lists
from graph import identity as identity_lists
from graph import policy as policy_lists
from graph.listings import ListArguments

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.listings import Listing
    from tests.integration.catalogue.whole import Edge, Whole
    from tests.reads.asking import Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """One list: which relationships it is made of, how a row is told, and where it stands.

    `row` makes what the list says of an edge, from the whole graph and the neighbour's id;
    `told` takes the same out of the list's own row. Where
    `other` names the things listed, a thing is listed once however many ways it is joined.
    """

    parent: str
    types: tuple[str, ...]
    outward: bool | None
    listing: Listing[Any]
    order: str
    row: Callable[[Whole, Edge, str], tuple[tuple[Any, ...], Any]]
    told: Callable[[Any], Any]
    other: str = ""


def by_name(whole: Whole, _: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place things by name, and tell each by its id."""
    return (whole.known(other)["sortKey"], other), other


def credit(_: Whole, edge: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place credits as printed."""
    known = edge.known
    told = (known["position"], known["role"], other)
    return told, told


def track(_: Whole, edge: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place tracks by medium and number on it."""
    told = (edge.known["medium"], edge.known["position"], other)
    return told, told


def issue(whole: Whole, edge: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place issues by the label's name."""
    number = edge.known.get("catalogueNumber") or ""
    return (whole.known(other)["sortKey"], other, number), (other, number)


def since(edge: Edge) -> tuple[str, str]:
    """Return the dates that tell ties of one pair apart, the unknown first."""
    return edge.known.get("beginDate") or "", edge.known.get("endDate") or ""


def parentage(whole: Whole, edge: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place parentage by the other party's name."""
    return (whole.known(other)["sortKey"], other, since(edge)), (other, since(edge))


def identifier(whole: Whole, _: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place identifiers by scheme and text."""
    known = whole.known(other)
    return (known["scheme"], known["raw"], other), (other, known["valid"])


def link(whole: Whole, _: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place identity links by the identity's scheme and value."""
    [identity] = whole.identified[other]
    known = whole.known(identity)
    return (known["scheme"], known["value"], other), (other, known["value"])


def flag(whole: Whole, _: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place flags by kind."""
    return (whole.known(other)["kind"], other), other


def share(whole: Whole, _: Edge, other: str) -> tuple[tuple[Any, ...], Any]:
    """Place claims and agreements by share."""
    known = whole.known(other)
    return (known["share"], other), (other, known["share"])


def id_of(row: Any) -> Any:
    """Return what tells a thing: its id."""
    return row.id


THINGS: Final = ("Artist", "Recording", "Work", "Release", "Label", "Party")
OUT: Final = "out"
IN: Final = "in"
FLAGGED: Final = ("Artist", "Recording", "Release", "Work")


def _things(  # noqa: PLR0913, PLR0917 - one row of a table.
    parent: str,
    type_: str,
    way: str,
    listing: Listing[Any],
    order: str,
    other: str,
) -> Neighbours:
    return Neighbours(
        parent=parent,
        types=(type_,),
        outward=way == OUT,
        listing=listing,
        order=order,
        row=by_name,
        told=id_of,
        other=other,
    )


def _credits(parent: str, type_: str, listing: Listing[Any]) -> Neighbours:
    return Neighbours(
        parent=parent,
        types=(type_,),
        outward=False,
        listing=listing,
        order="POSITION",
        row=credit,
        told=lambda row: (row.position, row.role, row.artist_id),
    )


LISTS: Final[dict[str, Neighbours]] = {
    "artist.recordings": _things(
        "Artist", "RECORDED", OUT, recordings.RECORDINGS_BY_ARTIST, "TITLE", "Recording"
    ),
    "recording.credits": _credits("Recording", "RECORDED", credit_lists.CREDITS_BY_RECORDING),
    "artist.releases": _things(
        "Artist", "RELEASED", OUT, releases.RELEASES_BY_ARTIST, "TITLE", "Release"
    ),
    "release.credits": _credits("Release", "RELEASED", credit_lists.CREDITS_BY_RELEASE),
    "artist.works": _things("Artist", "WROTE", OUT, works.WORKS_BY_ARTIST, "TITLE", "Work"),
    "work.credits": _credits("Work", "WROTE", credit_lists.CREDITS_BY_WORK),
    "recording.works": _things(
        "Recording", "RECORDING_OF", OUT, works.WORKS_BY_RECORDING, "TITLE", "Work"
    ),
    "work.recordings": _things(
        "Work", "RECORDING_OF", IN, recordings.RECORDINGS_BY_WORK, "TITLE", "Recording"
    ),
    "release.tracks": Neighbours(
        parent="Release",
        types=("HAS_TRACK",),
        outward=True,
        listing=releases.TRACKS_BY_RELEASE,
        order="POSITION",
        row=track,
        told=lambda row: (row.medium, row.position, row.recording_id),
    ),
    "recording.releases": _things(
        "Recording", "HAS_TRACK", IN, releases.RELEASES_BY_RECORDING, "TITLE", "Release"
    ),
    "release.labels": Neighbours(
        parent="Release",
        types=("ISSUED_BY",),
        outward=True,
        listing=releases.ISSUES_BY_RELEASE,
        order="LABEL",
        row=issue,
        told=lambda row: (row.label_id, row.catalogue_number or ""),
    ),
    "label.releases": _things(
        "Label", "ISSUED_BY", IN, releases.RELEASES_BY_LABEL, "TITLE", "Release"
    ),
    "label.parents": _things("Label", "SUBLABEL_OF", OUT, labels.PARENTS_BY_LABEL, "NAME", "Label"),
    "label.sublabels": _things(
        "Label", "SUBLABEL_OF", IN, labels.SUBLABELS_BY_LABEL, "NAME", "Label"
    ),
    "party.labels": _things("Party", "OPERATES", OUT, labels.LABELS_BY_PARTY, "NAME", "Label"),
    "label.operators": _things(
        "Label", "OPERATES", IN, parties.OPERATORS_BY_LABEL, "NAME", "Party"
    ),
    "party.artists": _things("Party", "KNOWN_AS", OUT, artists.ARTISTS_BY_PARTY, "NAME", "Artist"),
    "artist.parties": _things("Artist", "KNOWN_AS", IN, parties.PARTIES_BY_ARTIST, "NAME", "Party"),
    "artist.relations": Neighbours(
        parent="Artist",
        types=("MEMBER_OF", "ALIAS_OF", "PERFORMS_AS"),
        outward=None,
        listing=artists.RELATIONS_BY_ARTIST,
        order="KIND",
        row=lambda whole, edge, other: (
            (
                edge.known["type"],
                whole.known(other)["sortKey"],
                other,
                since(edge),
                edge.end == other,
            ),
            (edge.known["type"], edge.end == other, other, since(edge)),
        ),
        told=lambda row: (
            row.kind,
            row.outward,
            row.artist_id,
            (row.begin_date or "", row.end_date or ""),
        ),
    ),
    "party.subsidiaries": Neighbours(
        parent="Party",
        types=("PARENT_OF",),
        outward=True,
        listing=parties.SUBSIDIARIES_BY_PARTY,
        order="NAME",
        row=parentage,
        told=lambda row: (row.party_id, (row.begin_date or "", row.end_date or "")),
    ),
    "party.parents": Neighbours(
        parent="Party",
        types=("PARENT_OF",),
        outward=False,
        listing=parties.PARENTS_BY_PARTY,
        order="NAME",
        row=parentage,
        told=lambda row: (row.party_id, (row.begin_date or "", row.end_date or "")),
    ),
    "party.claims": Neighbours(
        parent="Party",
        types=("CLAIMED_BY",),
        outward=False,
        listing=rights.CLAIMS_BY_PARTY,
        order="SHARE",
        row=share,
        told=lambda row: (row.id, row.share),
    ),
    "party.agreementsAssigned": Neighbours(
        parent="Party",
        types=("ASSIGNS",),
        outward=True,
        listing=rights.AGREEMENTS_ASSIGNED,
        order="SHARE",
        row=share,
        told=lambda row: (row.id, row.share),
    ),
    "party.agreementsAcquired": Neighbours(
        parent="Party",
        types=("ACQUIRED_BY",),
        outward=False,
        listing=rights.AGREEMENTS_ACQUIRED,
        order="SHARE",
        row=share,
        told=lambda row: (row.id, row.share),
    ),
    **{
        f"{label.lower()}.claims": Neighbours(
            parent=label,
            types=("ON",),
            outward=False,
            listing=rights.CLAIMS_BY_ASSET[label],
            order="SHARE",
            row=share,
            told=lambda row: (row.id, row.share),
        )
        for label in ("Recording", "Work")
    },
    **{
        f"{label.lower()}.identifiers": Neighbours(
            parent=label,
            types=("HAS_IDENTIFIER",),
            outward=True,
            listing=identifiers.IDENTIFIERS_BY_THING[label],
            order="SCHEME",
            row=identifier,
            told=lambda row: (row.id, row.valid),
        )
        for label in THINGS
    },
    **{
        f"{label.lower()}.identityLinks": Neighbours(
            parent=label,
            types=("HAS_IDENTITY_LINK",),
            outward=True,
            listing=identity_lists.IDENTITY_LINKS_BY_THING[label],
            order="SCHEME",
            row=link,
            told=lambda row: (row.id, row.value),
        )
        for label in THINGS
    },
    **{
        f"{label.lower()}.policyFlags": Neighbours(
            parent=label,
            types=("FLAGS",),
            outward=False,
            listing=policy_lists.POLICY_FLAGS_BY_THING[label],
            order="KIND",
            row=flag,
            told=id_of,
        )
        for label in FLAGGED
    },
}


def expected(whole: Whole, name: str) -> dict[str, list[Any]]:
    """Return what each parent's list must say, in order, from the relationships alone."""
    asked = LISTS[name]
    rows: defaultdict[str, set[tuple[tuple[Any, ...], Any]]] = defaultdict(set)
    plain: defaultdict[str, list[tuple[tuple[Any, ...], Any]]] = defaultdict(list)
    for type_ in asked.types:
        for edge in whole.edges[type_]:
            typed = type(edge)(edge.start, edge.end, {**edge.known, "type": type_})
            for parent, other in ((edge.start, edge.end), (edge.end, edge.start)):
                if asked.outward is not None and asked.outward != (parent == edge.start):
                    continue
                if whole.labels[parent] == asked.parent:
                    placed = asked.row(whole, typed, other)
                    rows[parent].add(placed)
                    plain[parent].append(placed)
    kept = rows if asked.other else plain
    return {parent: [told for _, told in sorted(each)] for parent, each in kept.items()}


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_its_relationships(sampled: Asker, whole: Whole, name: str) -> None:
    """Each thing of the sample lists exactly its neighbours, each once, in the declared order."""
    asked = LISTS[name]
    wanted = expected(whole, name)
    lonely = [parent for parent in whole.nodes[asked.parent] if parent not in wanted]
    parents = [*wanted, *lonely[:100]]
    with sampled.context() as context:
        loader = context.loaders.lists.of(asked.listing)
        arguments = ListArguments(limit=5_000, order=asked.order)
        slices = await asyncio.gather(*(loader.load(parent, arguments) for parent in parents))
        totals = await asyncio.gather(*(loader.count(parent, ()) for parent in parents))
    found = {
        parent: [asked.told(row) for row in each.rows]
        for parent, each in zip(parents, slices, strict=True)
        if each.rows
    }
    assert found == wanted
    assert totals == [len(wanted.get(parent, ())) for parent in parents]

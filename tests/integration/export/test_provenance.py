"""Provenance as a reader of RDF sees it: every claim once, the chains of revisions, and what ended when."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, LiteralString

import orjson
import pytest
from rdflib import RDF, Literal, URIRef
from rdflib import Graph as Triples
from rdflib.namespace import PROV, XSD
from rdflib.term import Node

from export.errors import UnknownThing
from export.prov import Asked, export_provenance
from export.prov.nodes import CONTEXT, NAMESPACE
from graph.client import Graph
from graph.facts import ClaimFact, PartyFact, SourceFact, WorkFact, begin_source, write_facts
from graph.journal import Attribution, Command, Journal, Ref, Stage
from graph.journal.records import moment
from graph.journal.stage import Recorded
from graph.times import instant
from ingest.load import SourceFormat, load
from tests.cwr.messages import Written, message, nwr, opu, pwr, spt, spu, swr, swt

# The reader warns of its own ways.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

NOW: Final = datetime(2026, 3, 4, tzinfo=UTC)
SOURCE: Final = SourceFact(name="made up", kind="GENERATED", licence="CC0", uri="x:", digest="1")
EVER: Final = """
MATCH (claim:Claim)-[:CLAIMED_BY]->(party:Party)
OPTIONAL MATCH (registration:Registration {id: claim.registration})
WITH claim, party, registration ORDER BY claim.id
RETURN collect([claim.id, toString(claim.recordedAt), toString(claim.recordedTo), claim.status,
  party.id, claim.right, claim.kind, registration.key, registration.order]) AS rows
"""
IDS: Final = "MATCH (work:Work) WITH work ORDER BY work.id RETURN collect(work.id) AS rows"


def name(kind: str, id_: str) -> URIRef:
    """Return how a document names something."""
    return URIRef(f"{NAMESPACE}{kind}:{id_}")


async def exported(
    graph: Graph, asked: Asked, folder: Path
) -> tuple[list[dict[str, Any]], Triples]:
    """Return a document's nodes as they are written, and the triples that another's reader makes of it."""
    path = folder / "prov.jsonld"
    report = await export_provenance(graph, asked, path)
    raw = path.read_bytes()
    nodes: list[dict[str, Any]] = orjson.loads(raw)["@graph"]
    assert report.claims == sum("cg:Claim" in node["@type"] for node in nodes)
    triples = Triples()
    triples.parse(data=raw, format="json-ld")
    sound(nodes, triples)
    return nodes, triples


def sound(nodes: list[dict[str, Any]], triples: Triples) -> None:
    """Hold a document against PROV: each node once, known words, and relations between the right kinds."""
    ids = [node["@id"] for node in nodes]
    assert len(ids) == len(set(ids))
    assert {key for node in nodes for key in node if key not in ("@id", "@type")} <= set(CONTEXT)
    entities = set(triples.subjects(RDF.type, PROV.Entity))
    activities = set(triples.subjects(RDF.type, PROV.Activity))
    agents = set(triples.subjects(RDF.type, PROV.Agent))
    assert not entities & activities
    for relation, subjects, objects in (
        (PROV.wasGeneratedBy, entities, activities),
        (PROV.wasInvalidatedBy, entities, activities),
        (PROV.wasAttributedTo, entities, agents),
        (PROV.wasAssociatedWith, activities, agents),
        (PROV.used, activities, entities),
    ):
        for subject, object_ in triples.subject_objects(relation):
            assert subject in subjects, (subject, relation)
            assert object_ in objects, (relation, object_)
    claims = set(triples.subjects(RDF.type, name("term", "Claim")))
    for claim in claims:
        for relation in (PROV.wasGeneratedBy, PROV.wasAttributedTo, PROV.generatedAtTime):
            assert len(list(triples.objects(claim, relation))) == 1
        began = when(triples, claim, PROV.generatedAtTime)
        ended = when(triples, claim, PROV.invalidatedAtTime)
        assert began is not None
        assert ended is None or ended >= began


def when(triples: Triples, of: Node, relation: URIRef) -> datetime | None:
    """Return the one instant that is told of something, where one is."""
    found = triples.value(of, relation, any=False)
    if found is None:
        return None
    assert isinstance(found, Literal)
    assert found.datatype == XSD.dateTime
    time: datetime = found.toPython()
    return time


def shares(pr: int) -> dict[str, int]:
    """Return a publisher's shares."""
    return {"pr_share": pr, "mr_share": 10000, "sr_share": 10000}


def version(number: str, chance: random.Random) -> list[Written]:
    """Return one state of a work: who publishes and collects differs from one to the next."""
    publisher = chance.choice(["P1", "P2"])
    writer = chance.choice(["C1", "C2", "C3"])
    more = [opu(shares={})] if chance.random() < 0.5 else []
    where = (
        [spt(publisher)]
        if chance.random() < 0.5
        else [spt(publisher), spt(publisher, 840, "E"), spt(publisher, 840)]
    )
    return [
        nwr("REV", number=number),
        spu(publisher),
        *where,
        *more,
        swr(writer),
        swt(writer),
        pwr(writer, publisher),
    ]


def chains(ever: list[list[Any]]) -> set[tuple[str, str]]:
    """Return which claim revises which, told slowly from what is stored: the same party's, one message on."""
    orders: dict[str, list[str]] = {}
    for *_, key, order in ever:
        if order not in orders.setdefault(key, []):
            orders[key].append(order)
    for found in orders.values():
        found.sort()
    return {
        (new[0], old[0])
        for new in ever
        for old in ever
        if new[4:8] == old[4:8] and orders[new[7]].index(new[8]) == orders[old[7]].index(old[8]) + 1
    }


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_messages_said_is_told_whole(empty: Graph, tmp_path: Path, seed: int) -> None:
    """Whichever was loaded first: every claim once, the messages' chains, and each end with its time."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it.
    files: list[Path] = []
    for at in range(4):
        path = tmp_path / f"{at}.v22"
        works = [
            version(number, chance) for number in ("W1", "W2") if at == 0 or chance.random() < 0.8
        ]
        path.write_bytes(message(*works, created=f"2026-01-0{at + 1}"))
        files.append(path)
    chance.shuffle(files)
    await load(empty, SourceFormat.CWR, files)
    ever = await empty.read("ever", EVER)
    assert len(ever) > 30
    revisions: set[tuple[str, str]] = set()
    told: list[str] = []
    for work in await empty.read("works", IDS):
        nodes, triples = await exported(empty, Asked(work=work), tmp_path)
        told += [node["@id"] for node in nodes if "cg:Claim" in node["@type"]]
        revisions |= {
            (str(new), str(old))
            for new, old in triples.subject_objects(PROV.wasRevisionOf)
            if ":claim:" in str(new)
        }
        for id_, began, ended, *_ in ever:
            claim = name("claim", id_)
            if (claim, RDF.type, PROV.Entity) not in triples:
                continue
            times = [
                when(triples, claim, at) for at in (PROV.generatedAtTime, PROV.invalidatedAtTime)
            ]
            assert times == [instant(began), instant(ended) if ended else None]
            assert bool(ended) == ((claim, PROV.wasInvalidatedBy, None) in triples)
    assert sorted(told) == [f"claim:{row[0]}" for row in ever]
    assert revisions
    assert revisions == {
        (str(name("claim", new)), str(name("claim", old))) for new, old in chains(ever)
    }


@pytest.mark.timeout(300)
async def test_a_party_or_a_claim_has_its_own_part(empty: Graph, tmp_path: Path) -> None:
    """A party's claims and nobody else's; a claim with its whole chain, from any link of it."""
    for at, share in enumerate((5000, 4000, 3000)):
        work = [nwr(), spu(shares=shares(share)), spt(), swr(), swt(), pwr()]
        (tmp_path / f"{at}.v22").write_bytes(message(work, created=f"2026-02-0{at + 1}"))
        await load(empty, SourceFormat.CWR, [tmp_path / f"{at}.v22"])
    ever = await empty.read("ever", EVER)
    [party] = await empty.read(
        "party", "MATCH (p:Party {name: 'PUBLISHER P1'}) RETURN collect(p.id) AS rows"
    )
    nodes, _ = await exported(empty, Asked(party=party), tmp_path)
    assert {node["@id"] for node in nodes if "cg:Claim" in node["@type"]} == {
        f"claim:{row[0]}" for row in ever if row[4] == party
    }
    chain = [row[0] for row in ever if row[4:7] == [party, "PR", "OWNERSHIP"]]
    assert len(chain) == 3
    for link in chain:
        nodes, triples = await exported(empty, Asked(claims=[link]), tmp_path)
        found = {node["@id"]: node for node in nodes if "cg:Claim" in node["@type"]}
        assert set(found) == {f"claim:{each}" for each in chain}
        assert sorted(node["share"] for node in found.values()) == [3000, 4000, 5000]
        assert sorted(node.get("ending", "") for node in found.values()) == [
            "",
            "SUPERSEDED",
            "SUPERSEDED",
        ]
        sender = URIRef(f"{NAMESPACE}sender:PB000000199")
        assert set(triples.objects(None, PROV.wasAttributedTo)) == {sender}
    with pytest.raises(UnknownThing):
        await export_provenance(empty, Asked(claims=[chain[0], "none"]), tmp_path / "no")
    with pytest.raises(UnknownThing):
        await export_provenance(empty, Asked(work="none"), tmp_path / "no")
    assert not (tmp_path / "no").exists()


@pytest.mark.timeout(300)
async def test_nobody_is_named(empty: Graph, tmp_path: Path) -> None:
    """Writers and publishers, titles and IPI numbers, are no part of a document."""
    work = [nwr(), spu(ipi_name="00000000199"), spt(), swr(first_name="ZOE"), swt(), pwr()]
    (tmp_path / "a.v22").write_bytes(message(work))
    await load(empty, SourceFormat.CWR, [tmp_path / "a.v22"])
    [id_] = await empty.read("works", IDS)
    await export_provenance(empty, Asked(work=id_), tmp_path / "out")
    text = (tmp_path / "out").read_text()
    for told in ("WRITER", "ZOE", "PUBLISHER", "A SONG", "00000000199"):
        assert told not in text


class Revised(Command):
    """Make claims, and end others, as commands of rights do."""

    def __init__(self, made: dict[str, tuple[str, int]], ended: tuple[str, ...]) -> None:
        self.made = made
        self.ended = ended

    async def run(self, stage: Stage) -> Ref:
        """Do it."""
        await stage.write(
            "make",
            MAKE,
            now=stage.now,
            rows=[
                {"id": id_, "party": party, "share": share}
                for id_, (party, share) in self.made.items()
            ],
        )
        await stage.write("end", END, now=stage.now, ids=list(self.ended))
        for id_, action in (
            *((each, "ASSERTED") for each in self.made),
            *((each, "SUPERSEDED") for each in self.ended),
        ):
            stage.record(
                Recorded(action=action, ref=Ref("Claim", id_), version=1, before={}, after={})
            )
        return Ref("Claim", next(iter(self.made)))


MAKE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (work:Work {id: 'song'})
MATCH (party:Party {id: row.party})
CREATE (work)<-[:ON]-(claim:Claim {id: row.id, right: 'PR', kind: 'OWNERSHIP', share: row.share,
  territories: ['2136'], status: 'ASSERTED', recordedAt: $now, sourceId: 'editors'})-[:CLAIMED_BY]->(party)
"""
END: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
SET claim.stoodAs = claim.status, claim.status = 'SUPERSEDED', claim.recordedTo = $now
"""


@pytest.mark.timeout(300)
async def test_what_people_changed_is_theirs(empty: Graph, tmp_path: Path) -> None:
    """A command is the activity, its actor an opaque id; a buyer's claim derives from the seller's."""
    await begin_source(empty, SOURCE, NOW)
    facts = [
        WorkFact(id="song", title="Song"),
        *(PartyFact(id=each, name=each.title(), kind="PERSON") for each in ("seller", "buyer")),
        ClaimFact(
            id="first",
            asset="Work",
            asset_id="song",
            party_id="seller",
            right="PR",
            kind="OWNERSHIP",
            share=10000,
            territories=("2136",),
            valid_from="2020-01-01",
        ),
        ClaimFact(
            id="lost",
            asset="Work",
            asset_id="song",
            party_id="buyer",
            right="MR",
            kind="OWNERSHIP",
            share=1,
            territories=("2136",),
            status="WITHDRAWN",
            recorded_to=NOW + timedelta(days=1),
            stood_as="DISPUTED",
        ),
    ]
    await write_facts(empty, facts, source_id=SOURCE.id, recorded_at=NOW, position=1)
    journal = Journal(empty)
    by = Attribution(actor="opaque", on_behalf_of="agency", reason="Somebody Whose Name Is Private")
    sale = await journal.run(
        Revised({"kept": ("seller", 4000), "sold": ("buyer", 6000)}, ("first",)), by
    )
    nodes, triples = await exported(empty, Asked(work="song"), tmp_path)
    found = {node["@id"]: node for node in nodes}
    change = f"change:{sale.changes[0].command}"
    at = sale.changes[0].at
    first, kept, sold, lost = (found[f"claim:{each}"] for each in ("first", "kept", "sold", "lost"))
    assert (first["wasInvalidatedBy"], first["invalidatedAtTime"]) == (change, at)
    assert first["wasGeneratedBy"] == f"load:{SOURCE.id}:{moment(NOW)}"
    assert first["wasAttributedTo"] == f"source:{SOURCE.id}"
    assert (first["status"], first["ending"], first["validFrom"]) == (
        "ASSERTED",
        "SUPERSEDED",
        "2020-01-01",
    )
    assert (kept["wasRevisionOf"], sold["wasDerivedFrom"]) == (["claim:first"], ["claim:first"])
    assert "wasRevisionOf" not in sold
    assert kept["wasAttributedTo"] == "actor:opaque"
    assert found[change]["wasAssociatedWith"] == ["actor:opaque", "organisation:agency"]
    assert (lost["status"], lost["ending"]) == ("DISPUTED", "WITHDRAWN")
    assert "wasInvalidatedBy" not in lost
    assert (name("claim", "kept"), PROV.wasRevisionOf, name("claim", "first")) in triples
    assert "Private" not in (tmp_path / "prov.jsonld").read_text()
    nodes, _ = await exported(empty, Asked(claims=["sold"]), tmp_path)
    assert {node["@id"] for node in nodes if "cg:Claim" in node["@type"]} == {
        "claim:first",
        "claim:kept",
        "claim:sold",
    }

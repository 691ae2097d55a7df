"""Storing facts: grouped by kind, things before what joins them, a batch in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from graph import resettling
from graph.client import Graph, Statement
from graph.facts.answering import answer
from graph.facts.assertions import (
    AgreementFact,
    ClaimFact,
    DealFact,
    FlagFact,
    IdentifierFact,
    IdentityFact,
    IdentityLinkFact,
)
from graph.facts.continuing import follow
from graph.facts.editors import Named, named, searched
from graph.facts.entities import (
    ArtistFact,
    EntityFact,
    LabelFact,
    PartyFact,
    RecordingFact,
    ReleaseFact,
    WorkFact,
    entity_rows,
)
from graph.facts.findings import Finding
from graph.facts.landing import Fact, landed
from graph.facts.links import (
    ArtistLinkFact,
    CoversFact,
    CreditFact,
    IssueFact,
    KnownAsFact,
    OperatesFact,
    ParentFact,
    RecordingOfFact,
    SublabelFact,
    TrackFact,
)
from graph.facts.merging import awaiting, settle
from graph.facts.redirects import RedirectFact, redirect_statement
from graph.facts.registrations import (
    AcknowledgementFact,
    NamedFact,
    RegistrationFact,
    Registrations,
)
from graph.facts.relations import BY_TRIPLE
from graph.facts.rows import Row, known
from graph.facts.settling import Settling, claimed
from graph.facts.sources import checkpoint
from graph.facts.statements import DESCRIBE, FILL, LINK, STATE
from graph.facts.superseding import superseding
from graph.journal import head
from graph.sources import EDITORS

if TYPE_CHECKING:
    from graph.settling import Settled
    from graph.transactions import Transaction

Relation: TypeAlias = "tuple[str, str, str]"

# Rows a statement: more are no faster, and a busy engine must end each within its time limit.
_ROWS: Final = 1000
_PATIENCE_SECONDS: Final = 30.0

_CREDITED: Final = {"RECORDED": "Recording", "RELEASED": "Release", "WROTE": "Work"}
_ENTITIES: Final = (ArtistFact, RecordingFact, WorkFact, ReleaseFact, LabelFact, PartyFact)


class _Batch:
    """The rows of one transaction, distinct by key."""

    def __init__(self) -> None:
        self.entities: defaultdict[str, list[EntityFact]] = defaultdict(list)
        self.nodes: defaultdict[str, dict[str, Row]] = defaultdict(dict)
        self.links: defaultdict[Relation, dict[tuple[Any, ...], Row]] = defaultdict(dict)
        self.redirects: list[RedirectFact] = []
        self.registrations = Registrations()

    def node(self, label: str, node_id: str, properties: Row) -> None:
        self.nodes[label][node_id] = {"id": node_id, "known": properties}

    def link(
        self, relation: Relation, start: str, end: str, key: Row | None = None, **known: Any
    ) -> None:
        key = key or {}
        row = {"start": start, "end": end, **key}
        row["known"] = {name: value for name, value in known.items() if value is not None}
        self.links[relation][(start, end, *key.values())] = row


def _credit(batch: _Batch, fact: CreditFact) -> None:
    batch.link(
        ("Artist", fact.type, _CREDITED[fact.type]),
        fact.artist_id,
        fact.thing_id,
        {"role": fact.role, "position": fact.position},
        creditedAs=fact.credited_as,
        joinPhrase=fact.join_phrase,
    )


def _track(batch: _Batch, fact: TrackFact) -> None:
    batch.link(
        ("Release", "HAS_TRACK", "Recording"),
        fact.release_id,
        fact.recording_id,
        {"medium": fact.medium, "position": fact.position},
        number=fact.number,
        title=fact.title,
        lengthMs=fact.length_ms,
    )


def _issue(batch: _Batch, fact: IssueFact) -> None:
    key = {"catalogueNumber": fact.catalogue_number}
    batch.link(("Release", "ISSUED_BY", "Label"), fact.release_id, fact.label_id, key)


def _recording_of(batch: _Batch, fact: RecordingOfFact) -> None:
    batch.link(
        ("Recording", "RECORDING_OF", "Work"),
        fact.recording_id,
        fact.work_id,
        attributes=list(fact.attributes),
    )


def _artist_link(batch: _Batch, fact: ArtistLinkFact) -> None:
    batch.link(
        ("Artist", fact.type, "Artist"),
        fact.artist_id,
        fact.other_id,
        {"beginDate": fact.begin_date, "endDate": fact.end_date},
        attributes=list(fact.attributes),
    )


def _sublabel(batch: _Batch, fact: SublabelFact) -> None:
    batch.link(("Label", "SUBLABEL_OF", "Label"), fact.label_id, fact.parent_id)


def _operates(batch: _Batch, fact: OperatesFact) -> None:
    batch.link(("Party", "OPERATES", "Label"), fact.party_id, fact.label_id)


def _parent(batch: _Batch, fact: ParentFact) -> None:
    key = {"beginDate": fact.begin_date, "endDate": fact.end_date}
    batch.link(("Party", "PARENT_OF", "Party"), fact.parent_id, fact.party_id, key)


def _known_as(batch: _Batch, fact: KnownAsFact) -> None:
    batch.link(("Party", "KNOWN_AS", "Artist"), fact.party_id, fact.artist_id)


_IDENTIFIER: Final = frozenset({"id", "thing", "thing_id"})
_LINK: Final = frozenset({"id", "thing", "thing_id", "identity_id"})
_CLAIM: Final = frozenset({"id", "asset", "asset_id", "party_id"})
_AGREEMENT: Final = frozenset({"id", "assignor_id", "acquirer_id"})
_FLAG: Final = frozenset({"id", "flagged", "flagged_id"})
_DEAL: Final = frozenset({"id", "release_id", "sender_id"})
_ACKNOWLEDGEMENT: Final = frozenset({"id"})


def _identifier(batch: _Batch, fact: IdentifierFact) -> None:
    batch.node("Identifier", fact.id, known(fact, without=_IDENTIFIER))
    batch.link((fact.thing, "HAS_IDENTIFIER", "Identifier"), fact.thing_id, fact.id)


def _identity(batch: _Batch, fact: IdentityFact) -> None:
    batch.node("Identity", fact.id, known(fact))


def _identity_link(batch: _Batch, fact: IdentityLinkFact) -> None:
    batch.node("IdentityLink", fact.id, known(fact, without=_LINK))
    batch.link((fact.thing, "HAS_IDENTITY_LINK", "IdentityLink"), fact.thing_id, fact.id)
    batch.link(("IdentityLink", "IDENTIFIES", "Identity"), fact.id, fact.identity_id)


def _claim(batch: _Batch, fact: ClaimFact) -> None:
    if fact.registration is not None and fact.position is not None:
        row = {"id": fact.id, "known": known(fact, without=_CLAIM)}
        batch.registrations.claim(fact.registration, fact.position, row)
        return
    batch.node("Claim", fact.id, known(fact, without=_CLAIM))
    batch.link(("Claim", "ON", fact.asset), fact.id, fact.asset_id)
    batch.link(("Claim", "CLAIMED_BY", "Party"), fact.id, fact.party_id)


def _agreement(batch: _Batch, fact: AgreementFact) -> None:
    batch.node("Agreement", fact.id, known(fact, without=_AGREEMENT))
    batch.link(("Party", "ASSIGNS", "Agreement"), fact.assignor_id, fact.id)
    batch.link(("Agreement", "ACQUIRED_BY", "Party"), fact.id, fact.acquirer_id)
    if fact.registration is not None:
        batch.link(("Registration", "STATES", "Agreement"), fact.registration, fact.id)
    if fact.kind == "ASSIGNMENT":
        batch.link(("Party", "PASSES_TO", "Party"), fact.assignor_id, fact.acquirer_id)


def _flag(batch: _Batch, fact: FlagFact) -> None:
    batch.node("PolicyFlag", fact.id, known(fact, without=_FLAG))
    batch.link(("PolicyFlag", "FLAGS", fact.flagged), fact.id, fact.flagged_id)


def _deal(batch: _Batch, fact: DealFact) -> None:
    batch.node("Deal", fact.id, known(fact, without=_DEAL))
    batch.link(("Deal", "SENT_WITH", "Release"), fact.id, fact.release_id)
    batch.link(("Deal", "SENT_BY", "Party"), fact.id, fact.sender_id)


def _covers(batch: _Batch, fact: CoversFact) -> None:
    batch.link(("Deal", "COVERS", fact.thing), fact.deal, fact.thing_id)


def _acknowledgement(batch: _Batch, fact: AcknowledgementFact) -> None:
    batch.node("Acknowledgement", fact.id, known(fact, without=_ACKNOWLEDGEMENT))


_ADD: Final[dict[type[Any], Callable[[_Batch, Any], None]]] = {
    CreditFact: _credit,
    TrackFact: _track,
    IssueFact: _issue,
    RecordingOfFact: _recording_of,
    ArtistLinkFact: _artist_link,
    SublabelFact: _sublabel,
    OperatesFact: _operates,
    ParentFact: _parent,
    KnownAsFact: _known_as,
    IdentifierFact: _identifier,
    IdentityFact: _identity,
    IdentityLinkFact: _identity_link,
    ClaimFact: _claim,
    AgreementFact: _agreement,
    FlagFact: _flag,
    DealFact: _deal,
    CoversFact: _covers,
    RegistrationFact: lambda batch, fact: batch.registrations.registration(fact),
    NamedFact: lambda batch, fact: batch.registrations.named(fact),
    AcknowledgementFact: _acknowledgement,
    RedirectFact: lambda batch, fact: batch.redirects.append(fact),
}


def _batch(facts: Iterable[Fact]) -> _Batch:
    batch = _Batch()
    for fact in facts:
        if isinstance(fact, _ENTITIES):
            batch.entities[fact.label].append(fact)
        else:
            _ADD[type(fact)](batch, fact)
    return batch


def _statements(
    batch: _Batch, things: Mapping[str, Named], source_id: str, recorded_at: datetime
) -> list[Statement]:
    """Return the statements that store a batch, in order: things, assertions, relationships.

    `things` are those of its things that editors have named.
    """
    found: list[Statement] = []
    whose = {"sourceId": source_id, "recordedAt": recorded_at, "editors": EDITORS}

    def add(text: Any, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            found.append((text, {**whose, "rows": part}))

    for label, entities in batch.entities.items():
        rows = entity_rows(entities)
        searched(rows, things)
        add(DESCRIBE[label], [row for row in rows if row["known"]])
        add(FILL[label], [row for row in rows if row["gaps"]])
    for label, nodes in batch.nodes.items():
        add(STATE[label], list(nodes.values()))
    found.extend(batch.registrations.statements(source_id, recorded_at))
    for relation, links in batch.links.items():
        # Together by the side they are looked for from: an engine then visits each thing once.
        few = BY_TRIPLE[relation].few
        add(LINK[relation], sorted(links.values(), key=lambda row, few=few: cast("str", row[few])))
    found.extend(redirect_statement(fact, source_id, recorded_at) for fact in batch.redirects)
    return found


async def write_facts(  # noqa: PLR0913 - what, whose, and how far.
    graph: Graph,
    facts: Iterable[Fact],
    *,
    source_id: str,
    recorded_at: datetime,
    position: int,
    complete: bool = False,
    settled: Settled | None = None,
    findings: list[Finding] | None = None,
) -> None:
    """Store the facts in one transaction that also moves the source's checkpoint to `position`.

    Facts that refer to things neither stored nor in the batch are not stored; those that name a
    merged id are stored of its survivor. Storing facts again changes nothing.
    Where `settled` is given, the conflicts about all assets whose claims may have changed are settled in
    that transaction, too, and again where commands changed claims meanwhile, and what became of them is
    added to it; to `findings`, what was come upon.
    A batch with redirects or survivors takes several transactions, the checkpoint's last, so that
    one cut off is stored again: what stands under the merged ids moves by pages.
    Raises WriteConflict and GraphUnavailable as `Graph.write` does.
    """
    found = await landed(graph, list(facts))
    batch = _batch(found)
    things: dict[str, Named] = {}
    for label, entities in batch.entities.items():
        things |= await named(graph, label, entities)
    every = _statements(batch, things, source_id, recorded_at)
    merged = {(fact.label, fact.id) for fact in found if isinstance(fact, RedirectFact)}
    # A survivor may come after what was merged into it.
    merged |= await awaiting(graph, (fact.id for fact in found if isinstance(fact, _ENTITIES)))
    if merged:
        await graph.write("store facts", every, patience=_PATIENCE_SECONDS)
        for label in sorted({label for label, _ in merged}):
            await settle(graph, label, sorted(each for its, each in merged if its == label))
        every = []
    every.extend(superseding(found))
    every.append(checkpoint(source_id, position, complete=complete))
    assets = {} if settled is None else await claimed(graph, found, merged)
    settling = Settling(assets, recorded_at)
    since, _ = await head(graph) if assets else (0, None)
    met: list[Finding] = []

    async def then(transaction: Transaction) -> None:
        replaced = list(batch.registrations.superseding(recorded_at))
        met[:] = await follow(transaction, found, replaced, recorded_at)
        met.extend(await answer(transaction, found))
        await settling.run(transaction)

    await graph.write("store facts", every, then=then, patience=_PATIENCE_SECONDS)
    if settled is not None and assets:
        settled.add(settling.settled)
        settled.add(await resettling.settle_again(graph, assets, since))
    if findings is not None:
        findings += met

"""Claims, what they came from, and who is behind them, as nodes of a JSON-LD document in PROV's words.

Nobody is named: parties, actors and organisations are ids of ours, senders the codes of their messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from export.prov.lineage import Activity, Load, Recorded, RegistrationLine
from graph.journal.records import moment
from graph.provenance import ClaimChange, RegisteredBy
from graph.sources import SourceRow

Node: TypeAlias = "dict[str, Any]"

NAMESPACE: Final = "urn:content-graph:"
"""What all our names begin with: they are opaque, and nothing is fetched by them."""

_TO_PROV: Final = (
    "wasGeneratedBy",
    "wasInvalidatedBy",
    "wasAttributedTo",
    "wasDerivedFrom",
    "wasRevisionOf",
    "wasAssociatedWith",
    "used",
)
_PROV_TIMES: Final = ("generatedAtTime", "invalidatedAtTime", "startedAtTime", "endedAtTime")
_THINGS: Final = ("claim", "registration", "source", "load", "change", "party", "work", "recording")
_AGENTS: Final = ("sender", "actor", "organisation")

CONTEXT: Final[Node] = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "cg": f"{NAMESPACE}term:",
    **{name: f"{NAMESPACE}{name}:" for name in (*_THINGS, *_AGENTS)},
    **{name: {"@id": f"prov:{name}", "@type": "@id"} for name in _TO_PROV},
    **{name: {"@id": f"prov:{name}", "@type": "xsd:dateTime"} for name in _PROV_TIMES},
    **{name: {"@id": f"cg:{name}", "@type": "@id"} for name in ("on", "claimedBy")},
    **{name: {"@id": f"cg:{name}", "@type": "xsd:date"} for name in ("validFrom", "validTo")},
    **{
        name: {"@id": f"cg:{name}", "@container": "@set"}
        for name in ("territories", "excludedTerritories", "brokenRules")
    },
    **{
        name: {"@id": f"cg:{name}"}
        for name in (
            *("right", "kind", "share", "role", "status", "ending"),
            *("number", "format", "name", "licence", "action"),
        )
    },
}
"""All that a reader needs to know, in the document itself."""


def claim_node(recorded: Recorded) -> Node:
    """Return one recorded claim: what it says, since when, from what, and what became of it."""
    claim, registration = recorded.claim, recorded.registration
    ended = recorded.has_ended
    source = [] if isinstance(recorded.made_by, ClaimChange) else [f"source:{claim.source_id}"]
    origin = [f"registration:{registration.id}"] if registration else source
    return _node(
        f"claim:{claim.id}",
        ("prov:Entity", "cg:Claim"),
        on=f"{claim.asset_label.lower()}:{claim.asset_id}",
        claimedBy=f"party:{claim.party_id}",
        right=claim.right,
        kind=claim.kind,
        share=claim.share,
        territories=claim.territories,
        excludedTerritories=claim.excluded_territories,
        validFrom=claim.valid_from,
        validTo=claim.valid_to,
        role=claim.role,
        status=(claim.stood_as or "ASSERTED") if ended else claim.status,
        ending=claim.status if ended else None,
        generatedAtTime=moment(recorded.made_at),
        wasGeneratedBy=activity_id(recorded.made_by),
        wasAttributedTo=agents_of(
            recorded.made_by, sender_of(registration) if registration else None
        )[0],
        wasRevisionOf=[f"claim:{each}" for each in recorded.revises],
        wasDerivedFrom=[*origin, *(f"claim:{each}" for each in recorded.derived)],
        invalidatedAtTime=_moment(recorded.ended_at),
        wasInvalidatedBy=activity_id(recorded.ended_by) if recorded.ended_by else None,
    )


def registration_node(line: RegistrationLine) -> Node:
    """Return one registration of a work, and which one it replaces."""
    registration = line.registration
    return _node(
        f"registration:{registration.id}",
        ("prov:Entity", "cg:Registration"),
        kind=registration.kind,
        format=registration.format,
        number=registration.number,
        brokenRules=registration.broken,
        generatedAtTime=moment(line.made_by.at),
        wasGeneratedBy=activity_id(line.made_by),
        wasAttributedTo=sender_of(registration),
        wasDerivedFrom=f"source:{registration.source_id}",
        wasRevisionOf=f"registration:{line.revises}" if line.revises else None,
        invalidatedAtTime=_moment(line.ended_at),
        wasInvalidatedBy=activity_id(line.ended_by) if line.ended_by else None,
    )


def source_node(source: SourceRow) -> Node:
    """Return the file or generator that a load read; it stands for itself where nobody sent it."""
    return _node(
        f"source:{source.id}",
        ("prov:Entity", "prov:Agent", "cg:Source"),
        name=source.name,
        kind=source.kind,
        licence=source.licence,
    )


def activity_node(activity: Activity, agents: Sequence[str]) -> Node:
    """Return a load, or a command of the journal, with who answers for it."""
    if isinstance(activity, Load):
        return _node(
            activity_id(activity),
            ("prov:Activity", "cg:Load"),
            startedAtTime=moment(activity.at),
            used=f"source:{activity.source}",
            wasAssociatedWith=agents,
        )
    return _node(
        activity_id(activity),
        ("prov:Activity", "cg:Change"),
        action=activity.action,
        startedAtTime=activity.at,
        endedAtTime=activity.at,
        wasAssociatedWith=agents,
    )


def agent_node(id_: str) -> Node:
    """Return somebody, of whom nothing is told but the id."""
    return _node(id_, ("prov:Agent",))


def activity_id(activity: Activity) -> str:
    """Return what names a load (its source and when its run began) or a command."""
    if isinstance(activity, Load):
        return f"load:{activity.source}:{moment(activity.at)}"
    return f"change:{activity.command}"


def agents_of(activity: Activity, sender: str | None) -> list[str]:
    """Return who answers for it: who made a change, then for whom; who sent a message, or its source."""
    if isinstance(activity, Load):
        return [sender or f"source:{activity.source}"]
    organisation = activity.on_behalf_of
    behalf = [f"organisation:{_quoted(organisation)}"] if organisation else []
    return [f"actor:{_quoted(activity.actor)}", *behalf]


def sender_of(registration: RegisteredBy) -> str:
    """Return who sent a registration, by the code of its message."""
    return f"sender:{_quoted(registration.submitter)}"


def _node(id_: str, types: tuple[str, ...], **said: Any) -> Node:
    told = {name: value for name, value in said.items() if value is not None and value != []}
    return {"@id": id_, "@type": list(types), **told}


def _moment(at: datetime | None) -> str | None:
    return moment(at) if at else None


def _quoted(code: str) -> str:
    return quote(code, safe="")

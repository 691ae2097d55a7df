"""The write side of the graph: facts as a source states them, and how they are stored.

A fact is a frozen dataclass. `write_facts` stores a batch of them in one transaction, which also
moves the source's checkpoint. Storing a fact again changes nothing.
"""

from graph.facts.assertions import (
    AgreementFact,
    ClaimFact,
    DealFact,
    FlagFact,
    IdentifierFact,
    IdentityFact,
    IdentityLinkFact,
)
from graph.facts.entities import (
    ArtistFact,
    LabelFact,
    PartyFact,
    RecordingFact,
    ReleaseFact,
    WorkFact,
)
from graph.facts.findings import Finding, Met
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
from graph.facts.redirects import RedirectFact, merge_redirect
from graph.facts.registrations import AcknowledgementFact, NamedFact, RegistrationFact
from graph.facts.sources import SourceFact, SourceState, begin_source, source_state
from graph.facts.write import Fact, write_facts

__all__ = [
    "AcknowledgementFact",
    "AgreementFact",
    "ArtistFact",
    "ArtistLinkFact",
    "ClaimFact",
    "CoversFact",
    "CreditFact",
    "DealFact",
    "Fact",
    "Finding",
    "FlagFact",
    "IdentifierFact",
    "IdentityFact",
    "IdentityLinkFact",
    "IssueFact",
    "KnownAsFact",
    "LabelFact",
    "Met",
    "NamedFact",
    "OperatesFact",
    "ParentFact",
    "PartyFact",
    "RecordingFact",
    "RecordingOfFact",
    "RedirectFact",
    "RegistrationFact",
    "ReleaseFact",
    "SourceFact",
    "SourceState",
    "SublabelFact",
    "TrackFact",
    "WorkFact",
    "begin_source",
    "merge_redirect",
    "source_state",
    "write_facts",
]

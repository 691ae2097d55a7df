"""What hangs on things of the catalogue, added and taken away one at a time, as commands of the journal.

One that is taken away stands on as its denial, of the type `NOT_…`, with all that its source said: no load
makes it again (`graph.facts.statements`), and merges carry it as any other.
"""

from graph.linking.identifiers import AddIdentifier, RemoveIdentifier
from graph.linking.relations import AddRelation, End, RemoveRelation, Tied
from graph.linking.told import ADDED, REMOVED, TOLD_BESIDE

__all__ = [
    "ADDED",
    "REMOVED",
    "TOLD_BESIDE",
    "AddIdentifier",
    "AddRelation",
    "End",
    "RemoveIdentifier",
    "RemoveRelation",
    "Tied",
]

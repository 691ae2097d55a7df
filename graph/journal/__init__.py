"""The journal: everything that is changed by somebody, and who, when and why; chained by hashes.

A `Command` is decided inside the transaction that carries it out; its changes and their records are committed
together, or nothing is. Commands that wait are carried out in one transaction: in the order they came.
"""

from graph.journal.commands import Command, Done, Ref
from graph.journal.records import Attribution, Change, Once, details_of
from graph.journal.stage import Stage
from graph.journal.verifying import Flaw, Verified, head, verify
from graph.journal.writer import Journal

__all__ = [
    "Attribution",
    "Change",
    "Command",
    "Done",
    "Flaw",
    "Journal",
    "Once",
    "Ref",
    "Stage",
    "Verified",
    "details_of",
    "head",
    "verify",
]

"""What somebody wants changed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.journal.records import Change
    from graph.journal.stage import Stage


class Ref(NamedTuple):
    """A thing by its label and our id."""

    label: str
    id: str


class Command(ABC):
    """One thing to be done, as a whole or not at all.

    It may be run several times, in transactions of which one is committed: it keeps nothing.
    """

    reads: Sequence[Ref] = ()
    """What it surely looks at: read for all commands of a transaction at once."""

    @abstractmethod
    async def run(self, stage: Stage) -> Ref:
        """Do it on the stage and return what it is about; what is raised undoes all of it.

        Nothing may be raised after the first of the stage's `write`s.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that is committed: what it is about, and its records; whether that was at another time."""

    subject: Ref
    changes: tuple[Change, ...]
    again: bool = False

    @property
    def version(self) -> int:
        """The version of what it is about, after it."""
        return self.changes[-1].version

"""Facts about things of the catalogue, and the parties that can hold rights in them.

A fact is a *record* when the source describes the thing itself, a *mention* when the thing only
appears inside something else (an artist in a credit). What records say is stored as it comes, the
last one standing; a mention only fills in what nothing has said yet. So a mention never erases or
changes what a record said, whatever the order. None is "not said", never "known to be nothing".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from graph.facts.rows import Row, known
from standards.text import fold, sort_key

_APART: Final = frozenset({"id", "mention", "aliases"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistFact:
    """A public persona: a person, a group, an orchestra."""

    label: ClassVar[str] = "Artist"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    country: str | None = None
    gender: str | None = None
    disambiguation: str | None = None
    begin_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFact:
    """One fixed performance."""

    label: ClassVar[str] = "Recording"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    length_ms: int | None = None
    date: str | None = None
    video: bool | None = None
    disambiguation: str | None = None
    artist_credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFact:
    """A composition, with or without words."""

    label: ClassVar[str] = "Work"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    language: str | None = None
    disambiguation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFact:
    """A product: an album, a single, as issued."""

    label: ClassVar[str] = "Release"

    id: str
    mention: bool = False
    title: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    status: str | None = None
    country: str | None = None
    date: str | None = None
    packaging: str | None = None
    disambiguation: str | None = None
    artist_credit: str | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFact:
    """A brand that releases are issued under."""

    label: ClassVar[str] = "Label"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    type: str | None = None
    country: str | None = None
    disambiguation: str | None = None
    begin_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFact:
    """A person or organisation that can hold rights."""

    label: ClassVar[str] = "Party"

    id: str
    mention: bool = False
    name: str
    aliases: tuple[str, ...] | None = None
    kind: str
    country: str | None = None
    disambiguation: str | None = None


EntityFact: TypeAlias = ArtistFact | RecordingFact | WorkFact | ReleaseFact | LabelFact | PartyFact


def entity_rows(facts: Iterable[EntityFact]) -> list[Row]:
    """Return one row per id, with `gaps` to fill from mentions and what is `known` from records.

    The result is what storing the facts one by one would give: of mentions the first counts, of
    records the last.
    """
    rows: dict[str, Row] = {}
    for fact in facts:
        row = rows.setdefault(fact.id, {"id": fact.id, "gaps": {}, "known": {}})
        said, assumed = _properties(fact)
        if not fact.mention:
            row["known"].update(said)
            said = {}
        row["gaps"] = {**assumed, **said, **row["gaps"]}
    return list(rows.values())


def _properties(fact: EntityFact) -> tuple[Row, Row]:
    """Return the properties a fact states, and those that hold only where none stand yet."""
    row = known(fact, without=_APART)
    name = row["name"] if "name" in row else row["title"]
    row["sortKey"] = sort_key(name)
    date, year = ("date", "year") if "date" in row else ("beginDate", "beginYear")
    if date in row and str(row[date])[:4].isdecimal():
        row[year] = int(row[date][:4])
    if fact.aliases is None:
        # The names to search by are only known with the aliases.
        return row, {"searchText": fold(name)}
    row["aliases"] = list(fact.aliases)
    row["searchText"] = search_text(name, fact.aliases)
    return row, {}


def search_text(name: str, aliases: Iterable[str]) -> str:
    """Return the folded name and aliases, each once, joined by a space."""
    return " ".join(dict.fromkeys(fold(text) for text in (name, *aliases)))

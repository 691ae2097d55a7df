"""Where deals hold: DDEX's territory codes on the tree of territories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from ingest.ern.reading import WORLDWIDE
from ingest.records import Record
from ingest.reports import Refused, Rule
from standards.territories import WORLD as TIS_WORLD
from standards.territories import UnknownTerritory, territory

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is included, and what is taken out of that."""

    territories: tuple[str, ...]
    excluded: tuple[str, ...] = ()


WORLD: Final = Scope(territories=(str(TIS_WORLD),))


def scope(terms: Element, record: Record) -> Scope | None:
    """Return where terms hold, or None where they name no territory that is known.

    A code of a dependency that the tree counts with another country is counted as unmapped; any other
    unknown code is refused, and with it what it would be taken out of: more would be offered than was.
    """
    included = list(_codes(terms, "TerritoryCode"))
    excluded = list(_codes(terms, "ExcludedTerritoryCode"))
    known = dict.fromkeys(code for each in included if (code := _known(each, record)))
    left_out: dict[str, None] = {}
    for each in excluded:
        code = _known(each, record)
        if code is not None:
            left_out[code] = None
        elif not _COUNTRY.fullmatch(each):
            raise Refused(Rule.ERN_TERRITORY, f"What is left out, {each[:40]}, is not known.")
    if excluded and not included:
        known = {str(TIS_WORLD): None}
    return Scope(territories=tuple(known), excluded=tuple(left_out)) if known else None


def _codes(terms: Element, tag: str) -> Iterator[str]:
    for each in terms.iterfind(tag):
        if each.text and each.text.strip():
            yield each.text.strip()


def _known(code: str, record: Record) -> str | None:
    if code == WORLDWIDE:
        return str(TIS_WORLD)
    try:
        return territory(code).code
    except UnknownTerritory:
        pass
    if _COUNTRY.fullmatch(code):
        record.unmapped[f"territory: {code}"] += 1
    else:
        message = f"No territory is called {code[:40]}."
        record.refused.append((record.line, Rule.ERN_TERRITORY, message))
    return None

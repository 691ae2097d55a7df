"""What records tell of things, as clients read it: ids as global ids, cells of conflicts in words.

Records themselves stay as they are: they are chained by what they say.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from graph.conflicts import cells_of
from graph.facts.relations import STATED
from schema.fields import object_type, prop
from schema.ids import global_id
from standards.territories import TerritorySet

Values = Mapping[str, Any]
"""Properties by name."""


@object_type
class StoredValue:
    """A property of a thing and its value, as they are stored; ids are global ids."""

    name: str = prop("The property's name.")
    value: str = prop("Its value as JSON; `null` where there is none.")


def stored_values(type_name: str, told: Values) -> list[StoredValue]:
    """Return what is told of a thing of a type."""
    return [
        StoredValue(name=name, value=orjson.dumps(_read(type_name, name, told)).decode())
        for name in told
    ]


def stored_item(type_name: str, name: str, item: dict[str, Any]) -> StoredValue:
    """Return one of the things that hang on a thing of a type: an identifier, a credit or a relation."""
    return StoredValue(name=name, value=orjson.dumps(_item(item, type_name)).decode())


def _read(type_name: str, name: str, told: Values) -> Any:
    value = told[name]
    read = _READ.get((type_name, name)) or _READ.get((None, name))
    if read is None or value is None:
        return value
    try:
        return read(value, type_name, told)
    except (AttributeError, KeyError, TypeError, ValueError):
        return value  # What makes no sense is told as it is.


_Read = Callable[[Any, str, Values], Any]


def _of(label: str) -> _Read:
    return lambda value, _type, _told: _id(label, value)


def _all_of(label: str) -> _Read:
    return lambda value, _type, _told: [_id(label, each) for each in value]


def _id(label: str, key: Any) -> Any:
    return global_id(label, key) if isinstance(key, str) and key else key


def _same(value: Any, type_name: str, _told: Values) -> Any:
    return _id(type_name, value)


def _asset(value: Any, _type: str, told: Values) -> Any:
    # Masters are of recordings, all other rights of works.
    return _id("Recording" if told["right"] == "MASTER" else "Work", value)


def _cells(value: Any, _type: str, _told: Values) -> Any:
    return [_cell(each) for each in value]


def _cell(text: str) -> dict[str, Any]:
    cells = cells_of(text)
    where = TerritorySet.parse(
        include=cells.territories or (_WORLD,), exclude=cells.excluded_territories
    )
    return {
        "territory": where.describe(),
        "validFrom": cells.valid_from,
        "validTo": cells.valid_to,
        "total": cells.total,
    }


def _items(value: Any, type_name: str, _told: Values) -> Any:
    return [_item(each, type_name) for each in value]


def _item(item: dict[str, Any], type_name: str) -> dict[str, Any]:
    found = dict(item)
    if "sourceId" in found:
        found["sourceId"] = _id("Source", found["sourceId"])
    ends = [each for each in _ENDS.get(found.get("type", ""), ()) if type_name in each]
    if len(ends) == 1:
        for name, label in zip(("start", "end"), ends[0], strict=True):
            found[name] = _id(label, found[name])
    return found


_WORLD: Final = "2136"
_ENDS: Final[defaultdict[str, set[tuple[str, str]]]] = defaultdict(set)
for _each in STATED:
    _ENDS[_each.type].add((_each.start, _each.end))

_READ: Final[Mapping[tuple[str | None, str], _Read]] = {
    ("Claim", "party"): _of("Party"),
    ("Claim", "asset"): _asset,
    ("Claim", "revises"): _of("Claim"),
    ("Agreement", "assignor"): _of("Party"),
    ("Agreement", "acquirer"): _of("Party"),
    ("Agreement", "revises"): _of("Agreement"),
    ("Conflict", "asset"): _asset,
    ("Conflict", "parties"): _all_of("Party"),
    ("Conflict", "evidence"): _all_of("Claim"),
    ("Conflict", "cells"): _cells,
    (None, "merged"): _same,
    (None, "mergedInto"): _same,
    (None, "partyId"): _of("Party"),
    (None, "artistId"): _of("Artist"),
    (None, "organisationId"): _of("Organisation"),
    (None, "teamId"): _of("Team"),
    (None, "identifiers"): _items,
    (None, "credits"): _items,
    (None, "relations"): _items,
}
"""How a value is read, by the type of what it is told of, or for all types, and by its name."""

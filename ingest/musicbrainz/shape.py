"""Responses brought to one shape, and typed looks into them."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, cast

from ingest.reports import Refused, Rule

Response: TypeAlias = "dict[str, Any]"

_SUFFIX: Final = "-relations"


def normal(value: Any) -> Any:
    """Return a response in today's spelling.

    Underscored keys become hyphenated, lists of relations by target ("artist_relations") and
    the nested lists of searches ("relation-list") become one list, "relations".
    """
    if isinstance(value, list):
        return [normal(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    return _relations(_hyphens(cast("Response", value)))


def _hyphens(value: Response) -> Response:
    result: Response = {}
    for key, item in value.items():
        name = key.replace("_", "-")
        # Where both spellings stand, today's counts.
        if name == key or name not in value:
            result[name] = normal(item)
    return result


def _relations(value: Response) -> Response:
    relations: list[Response] = []
    for part in objects(value, "relation-list") if "relation-list" in value else ():
        relations.extend(objects(part, "relations"))
    for key in [key for key in value if key.endswith(_SUFFIX)]:
        target = key.removesuffix(_SUFFIX).replace("-", "_")
        relations.extend({"target-type": target, **found} for found in objects(value, key))
    if relations:
        value["relations"] = [*objects(value, "relations"), *relations]
    return value


def text(value: Response, key: str) -> str | None:
    """Return a text, or None where it is absent or empty; raise Refused where it is no text."""
    found = value.get(key)
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise Refused(Rule.MB_SHAPE, f'"{key}" is not text.')
    return found


def number(value: Response, key: str) -> int | None:
    """Return a whole number, or None where it is absent; raise Refused where it is none."""
    found = value.get(key)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool):
        raise Refused(Rule.MB_SHAPE, f'"{key}" is not a whole number.')
    return found


def child(value: Response, key: str) -> Response | None:
    """Return an object, or None where it is absent; raise Refused where it is none."""
    found = value.get(key)
    if found is None:
        return None
    if not isinstance(found, dict):
        raise Refused(Rule.MB_SHAPE, f'"{key}" is not an object.')
    return cast("Response", found)


def objects(value: Response, key: str) -> list[Response]:
    """Return a list of objects, empty where it is absent; raise Refused where it is none."""
    found = value.get(key)
    if found is None:
        return []
    items = cast("list[Any]", found) if isinstance(found, list) else [None]
    if not all(isinstance(item, dict) for item in items):
        raise Refused(Rule.MB_SHAPE, f'"{key}" is not a list of objects.')
    return cast("list[Response]", items)


def texts(value: Response, key: str) -> list[str]:
    """Return a list of texts, empty where it is absent; raise Refused where it is none."""
    found = value.get(key)
    if found is None:
        return []
    items = cast("list[Any]", found) if isinstance(found, list) else [None]
    if not all(isinstance(item, str) for item in items):
        raise Refused(Rule.MB_SHAPE, f'"{key}" is not a list of texts.')
    return cast("list[str]", items)

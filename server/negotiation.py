"""Which media types a client takes for its answer, by its Accept header."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from server.request_errors import NotAcceptableError

GRAPHQL_RESPONSE: Final = "application/graphql-response+json"
JSON: Final = "application/json"
MULTIPART: Final = "multipart/mixed"
EVENT_STREAM: Final = "text/event-stream"
SPEC: Final = "incrementalspec"
SPEC_VERSION: Final = "v0.2"

_EXACT: Final = 2


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a client takes, one of them at least."""

    single: str | None
    """For an answer as a whole."""
    parts: str | None
    """For an answer in parts, where the client names it and likes it no less."""

    @property
    def json(self) -> str:
        """What a refusal is told in, whatever the client takes."""
        return self.single or JSON


@lru_cache(256)  # Clients have few ways to say it.
def negotiate(accept: str) -> Accepted:
    """Return the media types to answer with; raises NotAcceptableError for none.

    The weight decides; of equal weights `application/graphql-response+json` wins where it is named, and
    `multipart/mixed` before `text/event-stream`. Who takes anything has not said that it can read parts.
    """
    if not accept.strip():
        return Accepted(JSON, None)
    weight, exactness = _preference(accept, GRAPHQL_RESPONSE)
    json_weight, _ = _preference(accept, JSON)
    single = max(weight, json_weight)
    parts = {media: _named(accept, media) for media in (MULTIPART, EVENT_STREAM)}
    chosen = max(parts, key=lambda media: parts[media])
    if single == parts[chosen] == 0:
        raise NotAcceptableError(
            f"This answers with {GRAPHQL_RESPONSE} or {JSON}, and in parts with {MULTIPART} or "
            f"{EVENT_STREAM}."
        )
    named = exactness == _EXACT
    whole = GRAPHQL_RESPONSE if weight > json_weight or (weight == json_weight and named) else JSON
    liked = parts[chosen] > 0 and parts[chosen] >= single
    return Accepted(whole if single else None, chosen if liked else None)


def _preference(accept: str, media: str) -> tuple[float, int]:
    """Return the weight and exactness of the range that matches the type most exactly."""
    ranges = {"*/*": 0, "application/*": 1, media: _EXACT}
    matching: list[tuple[int, float]] = []
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name in ranges and (weight := _weight(parameters)) is not None:
            matching.append((ranges[name], weight))
    exactness, weight = max(matching, default=(0, 0.0))
    return weight, exactness


def _named(accept: str, media: str) -> float:
    """Return the weight of a type that is named, and in no other format than ours."""
    weights = [0.0]
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name == media and not _other_format(parameters):
            weights.append(_weight(parameters) or 0.0)
    return max(weights)


def _other_format(parameters: list[str]) -> bool:
    """Say whether the parameters ask for another version of the format, or for subscriptions."""
    told = dict(each.split("=", 1) for each in parameters if "=" in each)
    if told.get(SPEC, SPEC_VERSION).strip('"') != SPEC_VERSION:
        return True
    return any(name.endswith("spec") and name != SPEC for name in told)


def _weight(parameters: list[str]) -> float | None:
    """Return the `q` parameter, 1 without one, None where it is no weight."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value.strip())
            except ValueError:
                return None
            return weight if 0 <= weight <= 1 else None
    return 1.0

"""Answers in parts, read as clients read them, and put together as the proposal says."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import httpx

MULTIPART: Final = "multipart/mixed"
EVENTS: Final = "text/event-stream"
STREAMS: Final = (MULTIPART, EVENTS)


def payloads(response: httpx.Response) -> list[dict[str, Any]]:
    """Return the payloads of a whole response, each in its own part or event, to the declared end."""
    assert response.status_code == 200
    media = response.headers["content-type"]
    if media.startswith(EVENTS):
        *events, complete, rest = response.text.split("\n\n")
        assert complete == "event: complete\ndata:"
        assert rest == ""
        texts = [event.removeprefix("event: next\ndata: ") for event in events]
    else:
        assert media == 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'
        opening, *parts, closing = response.text.split("---")
        assert opening == ""
        assert closing == "--\r\n"
        head = "\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
        assert all(part.startswith(head) and part.endswith("\r\n") for part in parts)
        texts = [part.removeprefix(head) for part in parts]
    return [json.loads(text) for text in texts]


@dataclass(slots=True)
class Together:
    """What payloads come to, by the rules of the format."""

    data: Any = None
    errors: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    failed: list[list[str | int]] = field(default_factory=list[list[str | int]])
    """The paths of what was to come and failed."""
    labels: list[str | None] = field(default_factory=list[str | None])

    @property
    def body(self) -> dict[str, Any]:
        """The same as an answer of one piece, its errors by path."""
        return by_path({"data": self.data, **({"errors": self.errors} if self.errors else {})})


def together(answers: list[dict[str, Any]]) -> Together:
    """Put payloads together; each id is told before it is used, and each is completed once."""
    made = Together(data=deepcopy(answers[0]["data"]), errors=list(answers[0].get("errors", ())))
    assert [each["hasNext"] for each in answers] == [True] * (len(answers) - 1) + [False]
    pending: dict[str, list[str | int]] = {}
    seen: set[str] = set()
    for payload in answers:
        for each in payload.get("pending", ()):
            assert each["id"] not in seen
            seen.add(each["id"])
            pending[each["id"]] = each["path"]
            made.labels.append(each.get("label"))
        for part in payload.get("incremental", ()):
            made.errors += part.get("errors", ())
            place = made.data
            for key in (*pending[part["id"]], *part.get("subPath", ())):
                place = place[key]
            if "items" in part:
                cast("list[Any]", place).extend(deepcopy(part["items"]))
            else:
                assert not place.keys() & part["data"].keys()
                place.update(deepcopy(part["data"]))
        for each in payload.get("completed", ()):
            path = pending.pop(each["id"])
            if "errors" in each:
                made.errors += each["errors"]
                made.failed.append(path)
    assert not pending
    return made


def by_path(body: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with its errors in the order of their paths, without the ids of their traces."""
    if "errors" not in body:
        return body
    told = deepcopy(body["errors"])
    for error in told:
        error["extensions"].pop("traceId", None)
    return {**body, "errors": sorted(told, key=lambda error: json.dumps(error["path"]))}

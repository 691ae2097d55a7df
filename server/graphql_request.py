"""Reading a GraphQL request from HTTP: its parameters.

Everything here refuses by raising a RequestError, and believes nothing of a body.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qsl

import orjson

from execution.requests import GraphQLRequest
from server.negotiation import JSON
from server.request_errors import (
    BodyTimeoutError,
    MethodNotAllowedError,
    PayloadTooLargeError,
    RequestError,
    UnsupportedMediaTypeError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

PARAMETERS: Final = ("query", "documentId", "operationName", "variables", "extensions")
# Deeper than any input type nests, and far below where coercing values would exhaust the stack.
MAX_JSON_DEPTH: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """The largest body that is read, and how long it may take to come."""

    bytes: int
    seconds: float


async def read_request(request: Request, limits: BodyLimits) -> GraphQLRequest:
    """Return the operation that the request asks for."""
    if request.method == "GET":
        return parameters_of(_query_parameters(request), by_get=True)
    if request.method != "POST":
        raise MethodNotAllowedError("A GraphQL request comes by GET or POST.")
    _check_content(request)
    try:
        async with asyncio.timeout(limits.seconds):
            body = await _body(request, limits.bytes)
    except TimeoutError:
        raise BodyTimeoutError(f"The body did not come within {limits.seconds:g} s.") from None
    return parameters_of(json_object(body, "The body"), by_get=False)


def _query_parameters(request: Request) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict"
        )
    except ValueError:
        raise RequestError("The address is not URL-encoded UTF-8.") from None
    parameters: dict[str, Any] = {}
    for name, value in pairs:
        if name not in PARAMETERS:
            continue
        if name in parameters:
            raise RequestError(f"`{name}` is given twice.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        if name in parameters:
            text: str = parameters[name]
            parameters[name] = _json(text.encode(), f"`{name}`") if text else None
    # An empty name in an address means none.
    parameters["operationName"] = parameters.get("operationName") or None
    return parameters


def _check_content(request: Request) -> None:
    """Refuse what is not plain UTF-8 JSON."""
    content_type = ", ".join(request.headers.getlist("content-type"))
    media, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    if media != JSON:
        raise UnsupportedMediaTypeError(f"The body must be {JSON}.")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            raise UnsupportedMediaTypeError("The body must be UTF-8.")
    encodings = ",".join(request.headers.getlist("content-encoding")).lower()
    if encodings and any(each.strip() not in {"", "identity"} for each in encodings.split(",")):
        raise UnsupportedMediaTypeError("The body must not be compressed.")


async def _body(request: Request, max_bytes: int) -> bytes:
    """Return the body, refused on the length it declares or as soon as it is over the limit."""
    too_large = f"The body is larger than {max_bytes} bytes."
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise PayloadTooLargeError(too_large)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise PayloadTooLargeError(too_large)
    return bytes(body)


def _json(text: bytes, what: str) -> Any:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise RequestError(f"{what} is not JSON in UTF-8.") from None
    if text.count(b"[") + text.count(b"{") > MAX_JSON_DEPTH and _deep(value):
        raise RequestError(f"{what} is nested deeper than {MAX_JSON_DEPTH}.")
    return value


def json_object(text: bytes, what: str) -> dict[str, Any]:
    """Return the JSON object in a text."""
    value = _json(text, what)
    if not isinstance(value, dict):
        raise RequestError(f"{what} must be a JSON object.")
    return cast("dict[str, Any]", value)


def _deep(value: Any) -> bool:
    """Say whether the value nests deeper than the limit, a level at a time."""
    level: list[Any] = [value]
    for _ in range(MAX_JSON_DEPTH + 1):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below += cast("Mapping[str, Any]", item).values()
            elif isinstance(item, list):
                below += cast("list[Any]", item)
        if not below:
            return False
        level = below
    return True


def parameters_of(parameters: Mapping[str, Any], *, by_get: bool) -> GraphQLRequest:
    """Return the operation that parameters ask for."""
    extensions = _object(parameters, "extensions")
    document_id = _document_id(parameters, extensions)
    query = parameters.get("query")
    if query is None and document_id is not None:
        query = ""
    elif not isinstance(query, str) or not query.strip():
        raise RequestError("`query` must be given, as a string, or `documentId`.")
    name = parameters.get("operationName")
    if name is not None and not isinstance(name, str):
        raise RequestError("`operationName` must be a string or null.")
    return GraphQLRequest(
        query=query,
        operation_name=name,
        variables=_object(parameters, "variables"),
        extensions=extensions,
        by_get=by_get,
        document_id=document_id,
    )


def _document_id(parameters: Mapping[str, Any], extensions: Mapping[str, Any]) -> str | None:
    """Return the document's id: `documentId`, or what Apollo's clients put in the extensions."""
    told = parameters.get("documentId")
    where = "`documentId`"
    if told is None and "persistedQuery" in extensions:
        where = "`extensions.persistedQuery.sha256Hash`"
        persisted: Any = extensions["persistedQuery"]
        told = (
            cast("Mapping[str, Any]", persisted).get("sha256Hash")
            if isinstance(persisted, dict)
            else None
        )
    elif told is None:
        return None
    if not isinstance(told, str) or not told:
        raise RequestError(f"{where} must be a string.")
    return told


def _object(parameters: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = parameters.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise RequestError(f"`{name}` must be an object or null.")
    return cast("dict[str, Any]", value)

"""Errors of operations as clients see them: what is expected keeps its code, the rest is masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import structlog
from graphql import GraphQLError
from opentelemetry import trace

if TYPE_CHECKING:
    from collections.abc import Iterable

# At the end of a message, or before what was found in place of it.
_SUGGESTION: Final = re.compile(r" Did you mean [^?]*\?")
# A message may repeat the whole value that it refuses.
_LONGEST_MESSAGE: Final = 500

_log = structlog.stdlib.get_logger("content_graph.errors")

PARSE_FAILED: Final = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED: Final = "GRAPHQL_VALIDATION_FAILED"
OPERATION_RESOLUTION_FAILURE: Final = "OPERATION_RESOLUTION_FAILURE"
BAD_USER_INPUT: Final = "BAD_USER_INPUT"
TIMEOUT: Final = "TIMEOUT"
INTERNAL: Final = "INTERNAL"
INTROSPECTION_DISABLED: Final = "INTROSPECTION_DISABLED"
INTERNAL_MESSAGE: Final = "Something went wrong here. Quote the trace id when you report it."


class OnlyByPostError(Exception):
    """A mutation came in a way that may not change anything: HTTP has a status of its own for it."""


def expected_code(error: BaseException | None) -> str | None:
    """Return the stable code that the error's class carries, or None for a defect."""
    code = getattr(type(error), "code", None)
    return code if isinstance(code, str) else None


def cause(error: GraphQLError) -> Exception | None:
    """Return what a resolver raised, or None where GraphQL itself objects to the operation.

    Of a value that is not of its field's type GraphQL tells no nodes: what is stored is at fault.
    """
    original = error.original_error
    while isinstance(original, GraphQLError):
        if error.path and original.original_error is None and not original.nodes:
            return original
        original = original.original_error
    return original


def format_errors(
    errors: Iterable[GraphQLError], *, code: str, suggests: bool = True
) -> list[dict[str, Any]]:
    """Return the errors for the response; `code` is for those that GraphQL itself found.

    What is masked is recorded on the current span and logged, each exception once. Unless it
    `suggests`, no message names what the schema has in place of what was asked for.
    """
    told: set[int] = set()
    return [_format(error, code, told, suggests=suggests) for error in errors]


def _format(error: GraphQLError, code: str, told: set[int], *, suggests: bool) -> dict[str, Any]:
    formatted: dict[str, Any] = dict(error.formatted)
    original = cause(error)
    extensions: dict[str, Any] = dict(error.extensions or {})
    if original is None:
        extensions.setdefault("code", code)
        message: str = formatted["message"]
        if not suggests:
            message = _SUGGESTION.sub("", message)
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[:_LONGEST_MESSAGE]}…"
        formatted["message"] = message
    elif own := expected_code(original):
        extensions["code"] = own
    else:
        if id(original) not in told:
            told.add(id(original))
            record_defect(original, path=error.path)
        formatted["message"] = INTERNAL_MESSAGE
        extensions = internal_extensions()
    return {**formatted, "extensions": extensions}


def internal_extensions() -> dict[str, Any]:
    """Return the extensions of a masked error: its code, and the trace that has the rest."""
    return {"code": INTERNAL, "traceId": current_trace_id()}


def current_trace_id() -> str:
    """Return the id of the trace that runs now, 32 hexadecimal digits."""
    return trace.format_trace_id(trace.get_current_span().get_span_context().trace_id)


def record_defect(error: BaseException, **where: object) -> None:
    """Record an unexpected exception on the current span and log it with its traceback."""
    trace.get_current_span().record_exception(error)
    _log.error("unexpected error", exc_info=error, **where)

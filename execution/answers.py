"""The answers of operations, with errors as far as the one who asks is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from execution.errors import BAD_USER_INPUT, TIMEOUT, format_errors
from execution.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import ExecutionResult

    from execution.limits import LimitError
    from execution.requests import GraphQLRequest
    from resolvers.permission import Needs


class Answers:
    """Makes answers; only callers with one of the roles of `introspection` are told of the schema."""

    def __init__(self, introspection: Needs | None) -> None:
        self._introspection = introspection

    def tells(self, request: GraphQLRequest) -> bool:
        """Say whether the caller is told of the schema."""
        return request.caller.may(self._introspection)

    def errors(
        self, request: GraphQLRequest, errors: Iterable[GraphQLError], code: str = BAD_USER_INPUT
    ) -> list[dict[str, Any]]:
        """Return the errors as the caller sees them; `code` is for those that GraphQL itself found."""
        return format_errors(errors, code=code, suggests=self.tells(request))

    def refused(
        self, request: GraphQLRequest, errors: Iterable[GraphQLError], code: str
    ) -> Response:
        """Return the answer to an operation of which nothing ran."""
        return Response(body={"errors": self.errors(request, errors, code)}, request_error=True)

    def over(self, request: GraphQLRequest, error: LimitError) -> Response:
        """Return the answer to an operation that is beyond a limit."""
        refusal = GraphQLError(str(error), extensions=dict(error.extensions or {}))
        response = self.refused(request, (refusal,), error.code)
        response.retry_after = error.retry_after
        return response

    def whole(self, request: GraphQLRequest, result: ExecutionResult) -> Response:
        """Return the answer to an operation that ran."""
        extensions = {"extensions": result.extensions} if result.extensions else {}
        if not result.errors:
            return Response(body={"data": result.data, **extensions})
        errors = self.errors(request, result.errors)
        # An error of a field has a path; without one the variables were refused and nothing ran.
        if result.data is None and any(error.path is None for error in result.errors):
            return Response(body={"errors": errors}, request_error=True)
        return Response(body={"errors": errors, "data": result.data, **extensions})


def late(seconds: float, *, changing: bool = False) -> GraphQLError:
    """Return the error of an operation that ran out of its time; a change that it began is not stopped."""
    what_to_do = (
        "what it asked to be changed may be changed all the same. Ask again with its idempotency key."
        if changing
        else "ask for less."
    )
    return GraphQLError(
        f"The operation did not end within {seconds:g} s; {what_to_do}",
        extensions={"code": TIMEOUT},
    )

"""What an operation costs its caller: taken before it runs, and given back as far as it came to less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from execution.budgets import seconds
from execution.limits import LimitError
from execution.tally import counted, tally_of

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

    from execution.budgets import Allowance, Taken
    from execution.checking import Prepared
    from execution.requests import GraphQLRequest
    from execution.responses import Response
    from execution.weight import Weight

# Beside its objects: one that lists nothing is asked for nothing, but not for free.
OPERATION_COST: Final = 1
# Parsing and validating takes some 6 microseconds a character, and an object twice as much.
CHECKING_COST: Final = 10
CHARACTERS_A_COST: Final = 2


class RateLimitedError(LimitError):
    """The caller's budget does not suffice for now."""

    code = "RATE_LIMITED"

    def __init__(self, requested: int, available: int, wait: float) -> None:
        self.retry_after = seconds(wait)
        self.extensions = {"cost": {"requested": requested, "available": available}}
        super().__init__(
            f"The operation may cost {requested}, and {available} are left; "
            f"ask again in {self.retry_after} s."
        )


class Spending:
    """Charges callers for the operations of one schema; without an allowance it only tells what they cost."""

    def __init__(self, schema: GraphQLSchema, aliases: int, allowance: Allowance | None) -> None:
        self._schema = schema
        self._aliases = aliases
        self._allowance = allowance

    async def take(self, request: GraphQLRequest, cost: int) -> None:
        """Take what the request may cost.

        Raises RateLimitedError where the caller has not enough now, and CostTooHighError where it never will.
        """
        if self._allowance is not None:
            _suffices(cost, await self._allowance.take(request.caller, cost))

    async def take_for_checking(self, request: GraphQLRequest, most: int) -> None:
        """Take what it costs to have the document checked; one of more than `most` characters never is.

        Raises RateLimitedError where the caller has not enough now.
        """
        if self._allowance is not None:
            cost = CHECKING_COST + min(len(request.query), most) // CHARACTERS_A_COST
            _suffices(cost, await self._allowance.take_up_to(request.caller, cost))

    async def settle(
        self,
        request: GraphQLRequest,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        weight: Weight,
        response: Response,
    ) -> None:
        """Give back what the answer did not cost; say what it did, in the answer, where that is asked for."""
        if self._allowance is None and not request.tells_cost:
            return
        requested = cost_of(weight)
        actual = OPERATION_COST
        data: dict[str, Any] | None = response.body.get("data")
        if data is not None and prepared.document is not None:
            # What is refused place by place, such as references to nothing, is work as well.
            objects = counted(data, self._tally(prepared, prepared.document, operation))
            told = len(response.body.get("errors", ()))
            actual = min(requested, OPERATION_COST + objects + told)
        elif not response.request_error:
            actual = requested  # It ran, and failed as a whole: nobody knows how much was read.
        available = None
        if self._allowance is not None:
            available = await self._allowance.give(request.caller, max(0, requested - actual))
        if request.tells_cost:
            told = {"requested": requested, "actual": actual, "available": available}
            response.body.setdefault("extensions", {})["cost"] = told

    def _tally(
        self, prepared: Prepared, document: DocumentNode, operation: OperationDefinitionNode
    ) -> Any:
        name = operation.name.value if operation.name else ""
        if name not in prepared.tallies:
            made = tally_of(self._schema, document, operation, self._aliases)
            prepared.tallies[name] = made
        return prepared.tallies[name]


def cost_of(weight: Weight) -> int:
    """Return the most that an operation may cost."""
    return OPERATION_COST + weight.nodes


def _suffices(cost: int, taken: Taken) -> None:
    if taken.wait:
        raise RateLimitedError(cost, taken.available, taken.wait)

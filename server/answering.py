"""What is done for every operation, whichever way it came: documents by id, running, counting, charging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from execution.documents import ServerBusyError
from execution.errors import INTERNAL_MESSAGE, internal_extensions, record_defect
from execution.responses import Response
from server.request_errors import RequestError
from server.usage import client_name, count_deprecated, count_use

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from starlette.datastructures import Headers

    from execution.incremental import Deliver
    from execution.operations import ContextFactory, Operations
    from execution.requests import GraphQLRequest
    from execution.subscribing import Events
    from server.persisted import PersistedDocuments, Resolved
    from server.refusals import Refusals


class Answering:
    """Runs the operations that come to one server.

    `context` makes what the resolvers of one operation share, and cleans up after it.
    """

    def __init__(
        self,
        operations: Operations,
        context: ContextFactory,
        documents: PersistedDocuments,
        *,
        clients: AbstractSet[str],
        refusals: Refusals,
    ) -> None:
        """Take the documents that are known by id, the names of counted clients, and what refusals cost."""
        self.operations = operations
        self._context = context
        self._documents = documents
        self._clients = clients
        self._refusals = refusals

    async def answer(
        self,
        asked: GraphQLRequest,
        headers: Headers,
        deliver: Deliver | None = None,
        events: Events | None = None,
    ) -> tuple[Resolved, Response]:
        """Run an operation and return what it was and its answer; raises RequestError and OnlyByPostError."""
        resolved = self._documents.resolve(asked)
        answer = await self.operations.run(resolved.request, self._context, deliver, events)
        if resolved.registers and answer.document and answer.document.document:
            self._documents.remember(resolved.request)
        client = client_name(headers, self._clients)
        count_use(resolved, client)
        if answer.document is not None and answer.document.deprecated:
            count_deprecated(resolved, client, answer.document)
        if answer.request_error and code_of(answer) != ServerBusyError.code:
            await self._refusals.charge(asked.caller)
        return resolved, answer

    async def over_socket(
        self, asked: GraphQLRequest, headers: Headers, events: Events
    ) -> Response:
        """Run an operation that came over a socket: what refuses it is its answer.

        Only what tells that the client is gone is raised.
        """
        try:
            _, answer = await self.answer(asked, headers, events=events)
        except RequestError as error:
            await self._refusals.charge(asked.caller)
            body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
            return Response(body=body, request_error=True)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - masked here, as over HTTP.
            record_defect(error)
            masked = {"message": INTERNAL_MESSAGE, "extensions": internal_extensions()}
            return Response(body={"errors": [masked]}, request_error=True)
        return answer


def code_of(answer: Response) -> str:
    """Return the code of the first error of an answer that has one."""
    return answer.body["errors"][0]["extensions"]["code"]

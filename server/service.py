"""What the server runs on: the engine found, started or reached, and its graph made ready."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Final

import structlog

from graph.client import Graph, connect
from graph.engines import (
    Dialect,
    Endpoint,
    EngineFolder,
    EngineOptions,
    ServerLock,
    embedded,
)
from graph.errors import (
    AccessRefused,
    GraphError,
    GraphUnavailable,
    QueryTimeout,
    RestartNeeded,
    StorageFailed,
)
from graph.journal import Journal
from graph.migrations import migrate
from resolvers.feed import Feed
from resolvers.grants import Grants
from server.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from contextlib import AbstractAsyncContextManager

    from server.settings import Settings

PING_SECONDS: Final = 1.8
RETRY_SECONDS: Final = 1.0
REFUSED_RETRY_SECONDS: Final = 10.0

_log = structlog.stdlib.get_logger("content_graph.service")


class Service:
    """A graph, and whether it can answer now; what carries changes to it out, and what tells of them."""

    def __init__(self, graph: Graph, *, migrated: bool = True) -> None:
        self.graph = graph
        self.journal = Journal(graph)
        self.feed = Feed(graph)
        self.journal.committed = self.feed.wake
        self.grants = Grants(graph)
        self._unready: GraphError | None = None
        if not migrated:
            self._unready = GraphUnavailable("The graph's engine has not been reached yet.")

    async def check(self) -> None:
        """Return when requests can be answered; raise GraphError within two seconds."""
        if self._unready is not None:
            raise type(self._unready)(str(self._unready))
        try:
            async with asyncio.timeout(PING_SECONDS):
                await self.graph.ping()
        except TimeoutError:
            raise GraphUnavailable("The graph's engine does not answer.") from None

    async def migrate(self) -> None:
        """Make the stored graph ready; the service is, too, from then on."""
        await migrate(self.graph)
        self._unready = None

    async def keep_migrating(self) -> None:
        """Try until the engine is reached: a database that starts later needs no restart here.

        What stands in the way is logged once, and said by `check`.
        """
        while True:
            # Neo4j locks a user out for a while who is refused again and again.
            refused = isinstance(self._unready, AccessRefused)
            await asyncio.sleep(REFUSED_RETRY_SECONDS if refused else RETRY_SECONDS)
            try:
                await self.migrate()
            except GraphError as error:
                if str(error) != str(self._unready):
                    _log.warning("the graph is not ready; trying on", reason=str(error))
                self._unready = error
            else:
                _log.info("the graph is reached and ready")
                return


@asynccontextmanager
async def endpoint_of(settings: Settings, *, supervised: bool) -> AsyncGenerator[Endpoint]:
    """Yield where the graph answers; an embedded engine runs at least as long as the block."""
    if not settings.embedded:
        yield Endpoint(
            uri=settings.uri,
            user=settings.user,
            password=settings.password.get_secret_value(),
            database=settings.database,
            dialect=Dialect.NEO4J,
        )
        return
    options = EngineOptions(heap_mb=settings.heap_mb)
    async with embedded(settings.data, options, supervised=supervised) as endpoint:
        yield endpoint


@asynccontextmanager
async def graph_of(settings: Settings, *, makes: bool = False) -> AsyncGenerator[Graph]:
    """Yield the graph, ready to be used, for a command that ends soon.

    Raises GraphUnavailable and StorageFailed with the graph's address and what to do, and SettingsError for a
    folder without a graph, unless the command `makes` one: who mistypes it would be told of an empty graph.
    """
    if settings.embedded and not makes and not EngineFolder(settings.data).used:
        raise SettingsError(
            f"There is no graph in {settings.data.absolute()}: correct CONTENT_GRAPH_DATA or --data."
        )
    with told_with_address(settings):
        async with (
            endpoint_of(settings, supervised=False) as endpoint,
            _connected(endpoint, settings) as graph,
        ):
            await migrate(graph)
            yield graph


@contextmanager
def told_with_address(settings: Settings) -> Generator[None]:
    """Say of a failure where the graph is, for those who can do something about it."""
    where = settings.data.absolute() if settings.embedded else settings.uri
    try:
        yield
    except StorageFailed as error:
        raise StorageFailed(f"{error} The graph is at {where}.") from error
    except RestartNeeded as error:
        raise RestartNeeded(f"{error} The graph is at {where}.") from error
    except AccessRefused as error:
        if settings.embedded:
            raise
        raise AccessRefused(
            f"{error} The graph is at {where}: correct CONTENT_GRAPH_USER, "
            "CONTENT_GRAPH_PASSWORD or CONTENT_GRAPH_DATABASE."
        ) from error
    except GraphUnavailable as error:
        if settings.embedded:
            raise
        raise GraphUnavailable(
            f"The graph at {where} cannot be reached. "
            "Start it, or correct its address, CONTENT_GRAPH_URI."
        ) from error


@asynccontextmanager
async def serving(settings: Settings) -> AsyncGenerator[Service]:
    """Yield what a server runs on: the only one over its data folder, with a watched engine.

    An outside database that cannot be reached yet is tried for as long as the server runs; one that
    refuses the user or password at the start ends it.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(told_with_address(settings))
        if settings.embedded:
            stack.enter_context(ServerLock(settings.data))
        endpoint = await stack.enter_async_context(endpoint_of(settings, supervised=True))
        graph = await stack.enter_async_context(_connected(endpoint, settings))
        service = Service(graph, migrated=False)
        try:
            await service.migrate()
        except AccessRefused:
            raise  # Waiting mends no password.
        except (GraphUnavailable, QueryTimeout):
            # A Neo4j that has only just started may take longer over its first query than it may.
            if settings.embedded:
                raise
            _log.warning("the graph cannot be reached yet; trying on", uri=settings.uri)
            task = asyncio.create_task(service.keep_migrating())
            stack.push_async_callback(_end, task)
        try:
            yield service
        finally:
            await service.journal.close()


def _connected(endpoint: Endpoint, settings: Settings) -> AbstractAsyncContextManager[Graph]:
    return connect(endpoint, by_driver=settings.reads == "driver")


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

"""The engines that hold the graph, and how to reach them."""

from graph.engines.embedded import EmbeddedEngine, EngineOptions, WalFlush, embedded
from graph.engines.endpoint import Dialect, Endpoint
from graph.engines.errors import (
    DataFolderError,
    DataFormatError,
    EngineError,
    EngineStartError,
    EngineUnresponsiveError,
    ServerRunningError,
)
from graph.engines.folder import EngineFolder
from graph.engines.locks import ServerLock

__all__ = [
    "DataFolderError",
    "DataFormatError",
    "Dialect",
    "EmbeddedEngine",
    "Endpoint",
    "EngineError",
    "EngineFolder",
    "EngineOptions",
    "EngineStartError",
    "EngineUnresponsiveError",
    "ServerLock",
    "ServerRunningError",
    "WalFlush",
    "embedded",
]

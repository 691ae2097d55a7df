"""What can go wrong with an engine, each with a stable code and what to do next.

EngineError
├── DataFolderError         the data folder cannot be used at all
├── DataFormatError         written by a newer version of this program
├── EngineStartError        the engine was started and did not come up
├── EngineUnresponsiveError somebody holds the folder's engine, and it does not answer
└── ServerRunningError      another server already serves this folder
"""

from __future__ import annotations

from typing import ClassVar


class EngineError(Exception):
    """An engine could not be had. The message is plain and says what to do next."""

    code: ClassVar[str] = "ENGINE_ERROR"


class DataFolderError(EngineError):
    """The data folder cannot be created, read or written."""

    code = "DATA_FOLDER_UNUSABLE"


class DataFormatError(EngineError):
    """The data folder was written in a format newer than this program knows."""

    code = "DATA_FORMAT_TOO_NEW"


class EngineStartError(EngineError):
    """The engine's process ended, or did not answer in time, while starting."""

    code = "ENGINE_START_FAILED"


class EngineUnresponsiveError(EngineError):
    """Another process holds this folder's engine, but nothing answers."""

    code = "ENGINE_UNRESPONSIVE"


class ServerRunningError(EngineError):
    """A second server was started over a folder that a server already serves."""

    code = "SERVER_ALREADY_RUNNING"

"""Web addresses: taken apart once, and their normal form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

_DEFAULT_PORTS: Final[Mapping[str, int]] = MappingProxyType({"http": 80, "https": 443})
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_MAX_LENGTH: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An http or https address: host in lower case, path as given and split and unquoted."""

    protocol: str
    host: str
    port: int | None
    path: str
    parts: tuple[str, ...]
    query: str

    def normal(self) -> str:
        """Return the normal form: no user, no fragment, no default port, a path.

        Path and query stay as given: only their site knows what they mean.
        """
        port = f":{self.port}" if self.port else ""
        query = f"?{self.query}" if self.query else ""
        return f"{self.protocol}://{self.host}{port}{self.path or '/'}{query}"

    def part(self, at: int) -> str:
        """Return one step of the path, or nothing if the path is shorter."""
        return self.parts[at] if at < len(self.parts) else ""


def address(text: str) -> Address | None:
    """Return a web address in parts, or None if the text is not one."""
    text = text.strip()
    # Not printable: control characters and lone surrogates, which no store would take.
    if len(text) > _MAX_LENGTH or " " in text or not text.isprintable():
        return None
    try:
        split = urlsplit(text)
        host = (split.hostname or "").rstrip(".")
        port = split.port
    except ValueError:
        return None
    if split.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host):
        return None
    return Address(
        protocol=split.scheme,
        host=host,
        port=None if port in (0, _DEFAULT_PORTS[split.scheme]) else port,
        path=split.path,
        parts=tuple(unquote(part) for part in split.path.split("/") if part),
        query=split.query,
    )

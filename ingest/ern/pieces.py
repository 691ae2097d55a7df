"""A message cut into its pieces while it is read: no more than one piece is held.

A piece is what stands directly under the root, or in one of the lists there: one resource, one
release, the deals of one release. Names lose their namespaces: whether a message's elements have
one differs between versions and senders.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ingest.records import chunks
from ingest.reports import Refused, Rule

MAX_PIECE: Final = 16 << 20
MAX_DEPTH: Final = 100

_IN_LIST: Final = 3
_IN_ROOT: Final = 2


class Broken(Refused):
    """A message that cannot be read, and the line where that shows."""

    def __init__(self, rule: Rule, message: str, line: int = 0) -> None:
        super().__init__(rule, message)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece: its line, the list it stands in (or none), and itself."""

    line: int
    within: str
    element: Element


class Cutter:
    """What the parser tells of a message's elements, made into pieces."""

    def __init__(self) -> None:
        self.root = ""
        self.done: deque[Piece] = deque()
        self.line = 0
        self.byte = 0
        self._depth = 0
        self._within = ""
        self._builder: TreeBuilder | None = None
        self._begins = (0, 0, 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if self._depth == 1:
            self.root = tag
            return
        name = _local(tag)
        if self._builder is None:
            if self._depth == _IN_ROOT and name.endswith("List"):
                self._within = name
                return
            self._builder = TreeBuilder()
            self._begins = (self._depth, self.line, self.byte)
        if self._depth > MAX_DEPTH:
            raise Broken(Rule.XML_SYNTAX, f"Nested deeper than {MAX_DEPTH} levels.", self.line)
        self._builder.start(name, {_local(key): value for key, value in attributes.items()})

    def data(self, text: str) -> None:
        """Take the text of a piece."""
        if self._builder is not None:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        """End an element, and the piece that it may be."""
        if self._builder is not None:
            self._builder.end(_local(tag))
            depth, line, _ = self._begins
            if self._depth == depth:
                element = self._builder.close()
                self.done.append(Piece(line=line, within=self._within, element=element))
                self._builder = None
        elif self._depth < _IN_LIST:
            self._within = ""
        self._depth -= 1

    def close(self) -> None:
        """End the message."""

    def bound(self, byte: int) -> None:
        """Raise Broken where the piece that is being read has grown too large by a place."""
        _, line, begins = self._begins
        if self._builder is not None and byte - begins > MAX_PIECE:
            raise Broken(Rule.RECORD_TOO_LARGE, f"Larger than {MAX_PIECE:,} bytes.", line)


class _Parser(DefusedXMLParser):
    """A parser that knows no entities and no document type, and tells the cutter where it stands."""

    def __init__(self, cutter: Cutter) -> None:
        super().__init__(target=cutter, forbid_dtd=True)
        self.cutter = cutter
        self.expat: Any = self.parser
        self.expat.StartElementHandler = self._placed(self.expat.StartElementHandler)
        self.fed = 0

    def _placed(self, handler: Any) -> Any:
        cutter, expat = self.cutter, self.expat

        def placed(*told: Any) -> None:
            cutter.line, cutter.byte = expat.CurrentLineNumber, expat.CurrentByteIndex
            handler(*told)

        return placed

    def take(self, part: bytes) -> None:
        """Parse a part; raise Broken where no message may go on like this."""
        try:
            self.feed(part)
        except ParseError as error:
            line, column = error.position
            reason = str(error).split(":", maxsplit=1)[0]
            raise Broken(
                Rule.XML_SYNTAX, f"Not well-formed: {reason} (column {column}).", line
            ) from error
        except DefusedXmlException as error:
            raise Broken(
                Rule.XML_DTD,
                "The message has a document type or an entity; none is needed, none is read.",
                self.expat.CurrentLineNumber,
            ) from error
        self.fed += len(part)
        self.cutter.bound(self.expat.CurrentByteIndex)
        if self.fed - max(self.expat.CurrentByteIndex, 0) > MAX_PIECE:
            line = self.expat.CurrentLineNumber
            raise Broken(Rule.RECORD_TOO_LARGE, f"A tag is larger than {MAX_PIECE:,} bytes.", line)


def pieces(file: BinaryIO, cutter: Cutter | None = None) -> Iterator[Piece]:
    """Yield a message's pieces in order; the cutter knows the root as soon as the first is there.

    Raises Refused, Broken where a line is known.
    """
    cutter = cutter or Cutter()
    parser = _Parser(cutter)
    for part in chunks(file):
        parser.take(part)
        while cutter.done:
            yield cutter.done.popleft()
    try:
        parser.close()
    except ParseError as error:
        line, _ = error.position
        raise Broken(
            Rule.XML_UNTERMINATED, "The message ends before its root is closed.", line
        ) from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]

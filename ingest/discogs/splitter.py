"""A dump cut into its records, so that one broken record costs only itself.

The cut is made on the text, without an XML parser, in constant memory. A record begins where the
dump's own opening tag stands with its id, which no element inside a record has, so a record that
is not closed ends where the next begins. Document types and entities are refused altogether:
nothing in these dumps needs them, and much harm is done with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ingest.records import chunks
from ingest.reports import Refused, Rule

MAX_RECORD: Final = 16 << 20
_MAX_PROLOG: Final = 64 << 10

_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.-]*)[\s>/]")
_PROLOG: Final = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_CLOSER: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Form:
    """How the records of one dump begin and end."""

    kind: str
    begin: re.Pattern[bytes]
    tag: re.Pattern[bytes]


def _form(kind: str, begin: bytes) -> _Form:
    name = kind.encode()
    return _Form(
        kind,
        re.compile(rb"<" + name + begin),
        # What is skipped whole comes first: the record's own tag may stand in it.
        re.compile(
            rb"(?P<opener><!--|<!\[CDATA\[)|<(?P<close>/?)" + name + rb"(?=[\s/>])"
            rb"""(?:[^<>"']|"[^"]*"|'[^']*')*?(?P<empty>/?)>""",
            re.DOTALL,
        ),
    )


_FORMS: Final = {
    b"artists": _form("artist", rb"(?:\s[^<>]*)?>\s*<id>"),
    b"labels": _form("label", rb"(?:\s[^<>]*)?>\s*<id>"),
    b"releases": _form("release", rb"\s[^<>]*?\bid\s*="),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One record's text and line, or why there is none."""

    kind: str
    line: int
    content: bytes | None
    refused: tuple[Rule, str] | None = None


class _Buffer:
    """A window over the file that only moves forward and knows its line."""

    def __init__(self, file: BinaryIO) -> None:
        self._chunks = chunks(file)
        self.content = b""
        self.line = 1

    def more(self) -> bool:
        """Read on; say whether there was anything."""
        part = next(self._chunks, b"")
        self.content += part
        return bool(part)

    def find(self, text: bytes, at: int) -> int:
        """Return where the text stands, reading on as far as a record may reach; -1 for nowhere."""
        while (found := self.content.find(text, at)) < 0:
            at = max(at, len(self.content) - len(text))
            if len(self.content) > MAX_RECORD or not self.more():
                return -1
        return found

    def drop(self, size: int) -> None:
        """Move the window's beginning forward."""
        self.line += self.content.count(b"\n", 0, size)
        self.content = self.content[size:]


def cut(file: BinaryIO) -> Iterator[Cut]:
    """Yield a dump's records in order; raise Refused where the file as a whole is no such dump."""
    buffer = _Buffer(file)
    form = _prolog(buffer)
    while _seek(buffer, form):
        line = buffer.line
        size, refused = _size(buffer, form)
        content = buffer.content[:size] if refused is None else None
        yield Cut(kind=form.kind, line=line, content=content, refused=refused)
        buffer.drop(size)


def _prolog(buffer: _Buffer) -> _Form:
    """Move to the root's content and return the dump's form."""
    while len(buffer.content) < _MAX_PROLOG and buffer.more():
        pass
    head = buffer.content[:_MAX_PROLOG]
    if head.startswith(_UTF16):
        raise Refused(Rule.XML_ENCODING, "The file is not UTF-8.")
    at = len(_BOM) if head.startswith(_BOM) else 0
    encoding = _ENCODING.match(head, at)
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Refused(Rule.XML_ENCODING, f"The file says it is {encoding[1].decode()}, not UTF-8.")
    while skipped := _PROLOG.match(head, at):
        at = skipped.end()
    while head[at : at + 1].isspace():
        at += 1
    if _DTD.match(head, at):
        raise Refused(Rule.XML_DTD, "The file has a document type; none is needed, none is read.")
    root = _ROOT.match(head, at)
    form = _FORMS.get(root[1]) if root else None
    if root is None or form is None:
        raise Refused(
            Rule.DISCOGS_ROOT, "The file is no dump of artists, labels or releases by its root."
        )
    buffer.drop(root.end(1))
    return form


def _seek(buffer: _Buffer, form: _Form) -> bool:
    """Move to the beginning of the next record; say whether there is one."""
    while True:
        if found := form.begin.search(buffer.content):
            between = buffer.content[: found.start()]
            _no_dtd(between)
            buffer.drop(found.start())
            return True
        # A beginning may stand across two chunks.
        _no_dtd(buffer.content)
        buffer.drop(max(0, len(buffer.content) - 1024))
        if not buffer.more():
            return False


def _no_dtd(between: bytes) -> None:
    if _DTD.search(between):
        raise Refused(Rule.XML_DTD, "Between the records stands a document type.")


def _past(buffer: _Buffer, opener: bytes, at: int, unclosed: set[bytes]) -> int:
    """Return where what is skipped whole ends, or `at` where nothing closes it."""
    end = -1 if opener in unclosed else buffer.find(_CLOSER[opener], at)
    if end < 0:
        unclosed.add(opener)
        return at
    return end + len(_CLOSER[opener])


def _size(buffer: _Buffer, form: _Form) -> tuple[int, tuple[Rule, str] | None]:
    """Return the size of the record that the buffer begins with, and why it is refused."""
    depth = at = 0
    # Looked for once: many openers that nothing closes would each cost a walk to the end.
    unclosed: set[bytes] = set()
    while True:
        while tag := form.tag.search(buffer.content, at):
            if opener := tag["opener"]:
                at = _past(buffer, opener, tag.end(), unclosed)
                continue
            at = tag.end()
            if tag["empty"]:
                continue
            if tag.start() and form.begin.match(buffer.content, tag.start()):
                return tag.start(), (Rule.XML_UNTERMINATED, "The record is not closed.")
            depth += -1 if tag["close"] else 1
            if depth == 0:
                return at, None
        if len(buffer.content) > MAX_RECORD:
            message = f"The record is larger than {MAX_RECORD:,} bytes."
            return len(buffer.content), (Rule.RECORD_TOO_LARGE, message)
        if not buffer.more():
            return len(buffer.content), (Rule.XML_UNTERMINATED, "The file ends in this record.")

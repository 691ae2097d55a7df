"""A dump cut into its records, so that one broken record costs only itself.

The cut is made on the text, without an XML parser, in constant memory. Every element of the dump's
kind directly under the root is a record, whatever it holds; the same tag inside a record belongs
to it. A record that is not closed ends where the next begins: where the tag stands with elements
in it, and in none of the lists that hold such tags. Document types and entities are refused
altogether: nothing in these dumps needs them, and much harm is done with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ingest.records import chunks
from ingest.reports import Refused, Rule

MAX_RECORD: Final = 16 << 20
_MAX_PROLOG: Final = 64 << 10

_ATTRIBUTES: Final = rb"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_OPENER: Final = rb"(?P<opener><!--|<!\[CDATA\[)"
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.-]*)(?=[\s>/])(?:" + _ATTRIBUTES + rb">)?")
_PROLOG: Final = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_CLOSER: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_BOM: Final = b"\xef\xbb\xbf"

_ELEMENT: Final = re.compile(
    _OPENER + rb"|<(?P<close>/?)(?P<name>[A-Za-z_][\w.-]*)" + _ATTRIBUTES + rb"(?P<empty>/?)>"
)
_BEFORE_CHILD: Final = re.compile(rb"\s*<?")
# The lists inside records whose items may bear a record's tag.
_LISTS: Final = frozenset(
    {b"aliases", b"artists", b"extraartists", b"groups", b"labels", b"members", b"sublabels"}
)
# More than any opening tag has before its first child, and any name.
_OVERLAP: Final = 1024
# More than the root's end tag has.
_END_TAG: Final = 32


@dataclass(frozen=True, slots=True)
class _Form:
    """How the records of one dump begin and end."""

    kind: str
    between: re.Pattern[bytes]
    own: re.Pattern[bytes]
    begin: re.Pattern[bytes]
    tag: re.Pattern[bytes]
    end: re.Pattern[bytes]


def _form(kind: str) -> _Form:
    name = kind.encode()
    return _Form(
        kind,
        re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>|</" + name + rb"s\s*>", re.DOTALL),
        re.compile(rb"<" + name + rb"(?=[\s/>])"),
        # A record for certain: items of lists hold text only.
        re.compile(rb"<" + name + rb"(?:\s[^<>]*)?(?<!/)>\s*<[A-Za-z_]"),
        # What is skipped whole comes first: the record's own tag may stand in it.
        re.compile(
            _OPENER + rb"|<(?P<close>/?)" + name + rb"(?=[\s/>])" + _ATTRIBUTES + rb"(?P<empty>/?)>"
        ),
        re.compile(rb"</" + name + rb"s\s*>"),
    )


_FORMS: Final = {f"{kind}s".encode(): _form(kind) for kind in ("artist", "label", "release")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One record's text and line, or why there is none."""

    kind: str
    line: int
    content: bytes | None
    refused: tuple[Rule, str] | None = None


class _Buffer:
    """A window over the file that only moves forward, knows its line, and notes the root's end."""

    def __init__(self, file: BinaryIO) -> None:
        self._chunks = chunks(file)
        self._passed = b""
        self.content = b""
        self.line = 1
        self.end: re.Pattern[bytes] | None = None
        self.ended = False

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
        if self.end is not None and not self.ended:
            # What is dropped may end within the tag.
            passed = self._passed + self.content[:size]
            self.ended = self.end.search(passed) is not None
            self._passed = passed[-_END_TAG:]
        self.content = self.content[size:]


def cut(file: BinaryIO) -> Iterator[Cut]:
    """Yield a dump's records in order.

    Raises Refused where the file as a whole is no such dump, and at its end where the root is not
    closed: what is missing, and how much, nobody can tell.
    """
    buffer = _Buffer(file)
    form = _prolog(buffer)
    lost = False
    while _recover(buffer, form) if lost else _seek(buffer, form):
        line = buffer.line
        size, refused = _size(buffer, form)
        content = buffer.content[:size] if refused is None else None
        yield Cut(kind=form.kind, line=line, content=content, refused=refused)
        buffer.drop(size)
        # What follows these is the rest of what was refused.
        lost = refused is not None and refused[0] is not Rule.XML_UNTERMINATED
    if not buffer.ended:
        raise Refused(
            Rule.XML_UNTERMINATED,
            f"The file ends before </{form.kind}s>: it is cut off. What came before is kept.",
        )


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
    buffer.drop(root.end())
    buffer.end, buffer.ended = form.end, root[0].endswith(b"/>")
    return form


def _seek(buffer: _Buffer, form: _Form) -> bool:
    """Move past what may stand between records; say whether anything follows."""
    while True:
        at = 0
        while skipped := form.between.match(buffer.content, at):
            at = skipped.end()
        buffer.drop(at)
        size = len(buffer.content)
        partial = buffer.content.startswith((b"<!--", b"<?")) and size <= MAX_RECORD
        if (size < _OVERLAP or partial) and buffer.more():
            continue
        if _DTD.match(buffer.content):
            raise Refused(Rule.XML_DTD, "Between the records stands a document type.")
        return bool(buffer.content)


def _recover(buffer: _Buffer, form: _Form) -> bool:
    """Move out of something refused, to what is a record for certain; say whether there is one."""
    while True:
        found = form.begin.search(buffer.content)
        size = found.start() if found else max(0, len(buffer.content) - _OVERLAP)
        if _DTD.search(buffer.content, 0, size if found else len(buffer.content)):
            raise Refused(Rule.XML_DTD, "Between the records stands a document type.")
        buffer.drop(size)
        if found:
            return True
        if not buffer.more():
            buffer.drop(len(buffer.content))
            return False


def _size(buffer: _Buffer, form: _Form) -> tuple[int, tuple[Rule, str] | None]:
    """Return the size of the record that the buffer begins with, and why it is refused."""
    if not form.own.match(buffer.content):
        return 1, (Rule.XML_SYNTAX, f"What stands here is no {form.kind}; it is skipped.")
    if found := _end(buffer, form):
        return found
    # Where another record begins in it, only this one is given up.
    if another := form.begin.search(buffer.content, 1):
        return another.start(), (Rule.XML_UNTERMINATED, "The record is not closed.")
    size = len(buffer.content)
    if size <= MAX_RECORD:
        return size, (Rule.XML_UNTERMINATED, "The file ends in this record.")
    message = f"The record is larger than {MAX_RECORD:,} bytes."
    return size - _OVERLAP, (Rule.RECORD_TOO_LARGE, message)


def _end(buffer: _Buffer, form: _Form) -> tuple[int, tuple[Rule, str] | None] | None:
    """Return where the record is closed, or cut off by the next; None where neither is found."""
    depth = at = 0
    # Looked for once: many openers that nothing closes would each cost a walk to the end.
    unclosed: set[bytes] = set()
    while True:
        while tag := form.tag.search(buffer.content, at):
            if opener := tag["opener"]:
                at = _past(buffer.find, opener, tag.end(), unclosed)
                continue
            at = tag.end()
            if _begins_another(buffer, form, tag):
                return tag.start(), (Rule.XML_UNTERMINATED, "The record is not closed.")
            if not tag["empty"]:
                depth += -1 if tag["close"] else 1
            if depth <= 0:
                return at, None
        if len(buffer.content) > MAX_RECORD or not buffer.more():
            return None


def _begins_another(buffer: _Buffer, form: _Form, tag: re.Match[bytes]) -> bool:
    """Say whether a tag inside a record is the next record's."""
    if tag["close"] or tag["empty"] or not tag.start():
        return False
    while _BEFORE_CHILD.fullmatch(buffer.content, tag.end()) and buffer.more():
        pass  # What the tag is followed by has not been read yet.
    begins = form.begin.match(buffer.content, tag.start()) is not None
    return begins and not _in_list(buffer.content[: tag.start()])


def _in_list(content: bytes) -> bool:
    """Say whether what follows the content, a part of a record, is an item of a list."""
    open_: list[bytes] = []
    unclosed: set[bytes] = set()
    at = 0
    while tag := _ELEMENT.search(content, at):
        at = tag.end()
        if opener := tag["opener"]:
            at = _past(content.find, opener, at, unclosed)
        elif not tag["close"]:
            open_ += [] if tag["empty"] else [tag["name"]]
        elif tag["name"] in open_:
            while open_.pop() != tag["name"]:
                pass
    return bool(open_) and open_[-1] in _LISTS


def _past(find: Callable[[bytes, int], int], opener: bytes, at: int, unclosed: set[bytes]) -> int:
    """Return where what is skipped whole ends, or `at` where nothing closes it."""
    end = -1 if opener in unclosed else find(_CLOSER[opener], at)
    if end < 0:
        unclosed.add(opener)
        return at
    return end + len(_CLOSER[opener])

"""`content-graph documents`: a manifest of what clients ask, for servers that take nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import orjson
import typer
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from execution.checking import Checker, document_id, operations_of
from execution.errors import format_errors
from execution.limits import LimitError
from execution.weight import Scale, least_variables
from schema import schema as content_schema
from schema.executable import executable
from server.exits import Exit, fail, stderr
from server.persisted import FORMAT, ManifestError, read_manifest
from server.settings import ContractSettings, SettingsError, load_contract_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

commands = typer.Typer(help="Make and check manifests of trusted documents.", no_args_is_help=True)

SUFFIXES: Final = frozenset({".graphql", ".gql"})

Paths = Annotated[
    list[Path],
    typer.Argument(
        exists=True, readable=True, help="Files, or folders of .graphql and .gql files."
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write; else to stdout.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """One operation with the fragments that it spreads."""

    name: str
    kind: str
    text: str

    @property
    def id(self) -> str:
        """The SHA-256 of its text."""
        return document_id(self.text)


class DocumentsError(Exception):
    """A file of a client holds what no manifest can take."""


@commands.command()
def build(paths: Paths, out: Out = None) -> None:
    """Write the manifest of the operations in clients' files; nothing is written if one is refused."""
    try:
        found = sorted(_trusted(_parsed(paths)), key=lambda each: each.name)
    except DocumentsError as error:
        fail(str(error), Exit.REFUSED)
    if not found:
        fail("There is no operation in these files.", Exit.REFUSED)
    _refuse({each.name: each.text for each in found})
    manifest = orjson.dumps(_manifest(found), option=orjson.OPT_INDENT_2).decode()
    if out is None:
        typer.echo(manifest)
        return
    try:
        out.write_text(f"{manifest}\n", encoding="utf-8")
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.", Exit.USAGE)
    stderr.print(f"{len(found)} operations written to {out}.", markup=False, highlight=False)


@commands.command()
def check(
    manifest: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The manifest.")],
) -> None:
    """Say which documents of a manifest this schema would refuse; exit with 1 if there are any."""
    try:
        documents = read_manifest(manifest)
    except ManifestError as error:
        fail(str(error), Exit.USAGE)
    _refuse(documents)
    typer.echo(f"All {len(documents)} documents fit the schema and the limits.")


def _refuse(documents: Mapping[str, str]) -> None:
    try:
        settings = load_contract_settings()
    except SettingsError as error:
        fail(str(error), Exit.USAGE)
    why = _Refusals(settings)
    refused = 0
    for name, text in documents.items():
        reasons, deprecated = why(text)
        for coordinate in deprecated:
            stderr.print(f"{name}: {coordinate} is deprecated", markup=False, highlight=False)
        for reason in reasons:
            stderr.print(f"{name}: {reason}", style="red", markup=False, highlight=False)
        refused += bool(reasons)
    if refused:
        fail(f"{refused} of {len(documents)} documents are refused.", Exit.REFUSED)


class _Refusals:
    """Tells why a server with these settings would refuse a document, whatever it is asked with."""

    def __init__(self, settings: ContractSettings) -> None:
        schema, limits = executable(content_schema), settings.limits
        self._checker = Checker(schema, limits, introspection=settings.told_of_schema)
        self._scale = Scale(schema, limits)

    def __call__(self, text: str) -> tuple[list[str], tuple[str, ...]]:
        """Return the reasons, and the coordinates of what it uses and is deprecated."""
        prepared = self._checker.checked(text)
        if prepared.document is None:
            errors = format_errors(prepared.errors, code=prepared.code)
            return [f"{each['message']} ({each['extensions']['code']})" for each in errors], ()
        operations = operations_of(prepared.document)
        if not operations:
            return ["The document has no operation."], ()
        reasons: list[str] = []
        for operation in operations:
            try:
                self._scale.check(prepared.document, operation, least_variables(operation))
            except LimitError as error:
                reasons.append(f"{error} ({error.code})")
        return reasons, prepared.deprecated


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = (each for each in path.rglob("*") if each.suffix in SUFFIXES)
            yield from sorted(each for each in found if each.is_file())
        else:
            yield path


def _parsed(paths: Sequence[Path]) -> Iterator[tuple[Path, DocumentNode]]:
    # One file may be given twice, by two spellings of its path.
    for path in {each.resolve(): each for each in _files(paths)}.values():
        try:
            yield path, parse(path.read_text("utf-8"))
        except (GraphQLError, OSError, UnicodeDecodeError) as error:
            raise DocumentsError(f"{path}: {error}") from None


def _trusted(parsed: Iterator[tuple[Path, DocumentNode]]) -> list[Trusted]:
    operations: dict[str, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for path, document in parsed:
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                if node.name is None:
                    raise DocumentsError(f"{path}: an operation has no name; clients ask by it.")
                _add(operations, node.name.value, node, path)
            elif isinstance(node, FragmentDefinitionNode):
                _add(fragments, node.name.value, node, path)
    return [_whole(name, node, fragments) for name, node in operations.items()]


def _add(known: dict[str, Any], name: str, node: Any, path: Path) -> None:
    if name in known:
        raise DocumentsError(f"{path}: {name} is defined twice.")
    known[name] = node


def _whole(
    name: str, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Trusted:
    """Return an operation with the fragments it spreads, and those that these spread, by name."""
    used: dict[str, FragmentDefinitionNode] = {}
    waiting: list[OperationDefinitionNode | FragmentDefinitionNode] = [operation]
    while waiting:
        for spread in _spread(waiting.pop()):
            if spread not in fragments:
                raise DocumentsError(f"{name}: the fragment {spread} is in none of the files.")
            if spread not in used:
                used[spread] = fragments[spread]
                waiting.append(fragments[spread])
    parts = [operation, *(used[each] for each in sorted(used))]
    return Trusted(
        name=name,
        kind=operation.operation.value,
        text="\n\n".join(print_ast(part) for part in parts),
    )


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)


def _spread(node: OperationDefinitionNode | FragmentDefinitionNode) -> list[str]:
    spreads = _Spreads()
    visit(node, spreads)
    return spreads.names


def _manifest(found: Sequence[Trusted]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": 1,
        "operations": [
            {"id": each.id, "name": each.name, "type": each.kind, "body": each.text}
            for each in found
        ],
    }

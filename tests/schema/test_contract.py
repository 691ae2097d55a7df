"""The public contract: committed, described, bounded, and changed on purpose only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_specified_scalar_type,
)
from typer.testing import CliRunner

from schema import schema
from schema.access import needs_by_name
from schema.executable import executable, named_type
from schema.registry import findable_types
from schema.subgraphs import clients_text
from server.contract import commands, current

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMITTED: Final = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
PAGING: Final = ("first", "after", "last", "before")

BOUNDED_BY_THEIR_THING: Final = {
    # Words of one thing, as its source gave them.
    "Artist.aliases",
    "Change.after",
    "Change.before",
    "ArtistRelation.attributes",
    "IdentityLink.evidence",
    "ArtistClaim.evidence",
    "Mandate.rights",
    "Label.aliases",
    "Party.aliases",
    "PolicyFlag.surfaces",
    "Recording.aliases",
    "Release.aliases",
    "Work.aliases",
    # What one conflict is about: the claims concerned, whose they are, and the cells where they meet.
    "Conflict.evidence",
    "Conflict.parties",
    "Conflict.scope",
    # A page's own items.
    "TerritoryScope.excludes",
    "TerritoryScope.includes",
    # What one ownership answer rests on: the claims of one cell, and the circles among them.
    "Ownership.claims",
    "Ownership.conflicts",
    "Ownership.unresolvable",
    "Ownership.explanation",
    "OwnershipPath.steps",
    "UnresolvableCircle.parties",
    # Words that one message names, and the deals that answer for one cell of one thing.
    "Deal.models",
    "Deal.uses",
    "Availability.deals",
    # As many as contents were given, and those are bounded; a candidate's few reasons.
    "ContentCandidate.reasons",
    "Query.findRightsholders",
    # As many as rights and countries were given, and those are bounded.
    "Asset.ownershipMatrix",
    "Recording.ownershipMatrix",
    "Work.ownershipMatrix",
    # As many as ids were given, and those are bounded.
    "Query.nodes",
    # The properties of one thing, and a thousand of what came and went beside them.
    "PastState.values",
    "PastState.addedSince",
    "PastState.removedSince",
    # What is wrong with one input, and where in it.
    *(
        f"{each}Payload.errors"
        for each in (
            *("Artist", "Entity", "Label", "Party", "Recording", "Release", "Work"),
            *("User", "Organisation", "Team", "Membership", "Invitation"),
            *("Mandate", "ArtistClaim", "PersonalData"),
            *("Claim", "Conflict", "Agreement", "Transfer"),
        )
    ),
    "MutationError.path",
    # What one claim does to conflicts about its asset, and of a sale so many and no more; their cells.
    *(f"{each}Payload.conflicts" for each in ("Claim", "Conflict", "Transfer")),
    "ConflictChange.scope",
    # As many as acquirers and rights were given, and those are bounded.
    "AgreementPayload.agreements",
    # As many as a refusal names.
    "AgreementPayload.inTheWay",
    # Of the roles that there are.
    "Viewer.roles",
}


def composites() -> Iterator[GraphQLObjectType | GraphQLInterfaceType]:
    """Yield the types with fields that are ours."""
    for each in current().type_map.values():
        if (is_object_type(each) or is_interface_type(each)) and not each.name.startswith("__"):
            yield each


def fields() -> Iterator[tuple[str, GraphQLField]]:
    """Yield every field under its full name."""
    for each in composites():
        for name, field in each.fields.items():
            yield f"{each.name}.{name}", field


def described() -> Iterator[tuple[str, str | None]]:
    """Yield the name and description of all that a client can meet."""
    for each in current().type_map.values():
        if each.name.startswith("__") or is_specified_scalar_type(each):
            continue
        yield each.name, each.description
        yield from _members(each)
    for name, field in fields():
        yield name, field.description
        for argument, declared in field.args.items():
            yield f"{name}({argument}:)", declared.description


def _members(each: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    if is_enum_type(each):
        for name, value in each.values.items():
            yield f"{each.name}.{name}", value.description
    if is_input_object_type(each):
        for name, field in each.fields.items():
            yield f"{each.name}.{name}", field.description


def test_the_committed_schema_is_current() -> None:
    """What clients generate their code from is what is served."""
    committed = COMMITTED.read_text(encoding="utf-8").rstrip()
    current_text = clients_text().rstrip()
    if committed != current_text:
        pytest.fail("schema/schema.graphql is not current: run `make schema` and commit it.")


def test_the_committed_schema_is_what_the_command_prints() -> None:
    """`make schema` writes exactly what is compared."""
    printed = CliRunner().invoke(commands, ["print"])
    assert printed.exit_code == 0
    assert printed.output.rstrip() == COMMITTED.read_text(encoding="utf-8").rstrip()


def test_nothing_of_the_committed_schema_is_broken() -> None:
    """Every operation that the committed schema allows still runs."""
    checked = CliRunner().invoke(commands, ["check", str(COMMITTED)])
    assert checked.exit_code == 0, checked.output
    assert "0 breaking, 0 dangerous, 0 safe changes." in checked.output


@pytest.mark.parametrize("removed", ["  name: String!\n", "  gender: String\n"])
def test_an_addition_is_safe(tmp_path: Path, removed: str) -> None:
    """A schema that lacked a field is not broken by having it."""
    old = tmp_path / "old.graphql"
    text = COMMITTED.read_text(encoding="utf-8")
    start = text.index("type Artist implements")
    cut = text.index(removed, start)
    described_at = text.rindex('  """', 0, text.rindex('"""', 0, cut))
    old.write_text(text[:described_at] + text[cut + len(removed) :], encoding="utf-8")
    checked = CliRunner().invoke(commands, ["check", str(old)])
    assert checked.exit_code == 0, checked.output
    assert "0 breaking, 0 dangerous, 1 safe changes." in checked.output


@pytest.mark.parametrize(
    ("within", "served", "promised", "told"),
    [
        (
            "type Recording ",
            "  lengthMs: Int\n",
            "  lengthMs: Int!\n",
            "FIELD_CHANGED_KIND: Field Recording.lengthMs",
        ),
        ("type Identity ", "{\n", "{\n  gone: Int\n", "FIELD_REMOVED: Field Identity.gone"),
        ("enum Direction ", "{\n", "{\n  GONE\n", "VALUE_REMOVED_FROM_ENUM"),
        ("type Artist ", "  gender: String\n", "  gender(in: Int): String\n", "ARG_REMOVED"),
        ("input ArtistOrder ", "{\n", "{\n  gone: Int\n", "FIELD_REMOVED"),
    ],
)
def test_what_would_break_clients_is_listed(
    tmp_path: Path, within: str, served: str, promised: str, told: str
) -> None:
    """A promise that is no longer kept fails the check and is named."""
    text = COMMITTED.read_text(encoding="utf-8")
    start = text.index(f"\n{within}")
    assert served in text[start:]
    old = tmp_path / "old.graphql"
    old.write_text(text[:start] + text[start:].replace(served, promised, 1), encoding="utf-8")
    checked = CliRunner().invoke(commands, ["check", str(old)])
    assert checked.exit_code == 1
    assert told in checked.output


def test_everything_is_described() -> None:
    """Whoever explores the schema finds a sentence at every name."""
    assert [name for name, text in described() if not (text or "").strip()] == []


def test_every_connection_is_bounded_and_may_fail_alone() -> None:
    """A connection takes the four paging arguments, and is null where it fails."""
    connections = {name: field for name, field in fields() if _named(field).endswith("Connection")}
    assert len(connections) > 40
    for name, field in connections.items():
        assert set(PAGING) <= set(field.args), name
        assert not _type(field).endswith("!"), name


def test_every_other_list_has_a_declared_bound() -> None:
    """A list is a page, takes `first`, or belongs to one thing and is declared here."""
    plain = {
        name
        for name, field in fields()
        if _is_list(field)
        and "first" not in field.args
        and not name.split(".")[0].endswith("Connection")
    }
    assert plain == BOUNDED_BY_THEIR_THING


def test_lists_of_input_are_few() -> None:
    """A client can give lists only where their length is checked, or repeats change nothing."""
    given: set[str] = set()
    for name, field in fields():
        given |= {f"{name}({arg}:)" for arg, declared in field.args.items() if _is_list(declared)}
    for each in current().type_map.values():
        if isinstance(each, GraphQLInputObjectType):
            given |= {f"{each.name}.{name}" for name, at in each.fields.items() if _is_list(at)}
    assert given == {
        *(
            f"{way}{each}Input.aliases"
            for way in ("Create", "Edit")
            for each in ("Artist", "Label", "Party", "Recording", "Release", "Work")
        ),
        "Query.changes(types:)",
        "Query.nodes(ids:)",
        "Query.search(types:)",
        "Query.findRightsholders(contents:)",
        "ContentInput.artists",
        "ContentInput.identifiers",
        "AddEvidenceInput.evidence",
        "AddRelationInput.attributes",
        *(
            f"{each}Input.{name}"
            for each in (
                "GrantMandate",
                *("AssertClaim", "ReviseClaim"),
                *("RecordAgreement", "ReviseAgreement"),
            )
            for name in ("territories", "excludedTerritories")
        ),
        *(f"{each}Input.rights" for each in ("GrantMandate", "RecordAgreement")),
        "RecordAgreementInput.acquirers",
        "TransferCatalogueInput.assets",
        *(f"TransferCatalogueInput.{each}" for each in ("territories", "excludedTerritories")),
        *(
            f"{each}.ownershipMatrix({name}:)"
            for each in ("Asset", "Recording", "Work")
            for name in ("rights", "territories")
        ),
        "Subscription.changed(ids:)",
        "Subscription.changed(types:)",
    }


def test_whatever_has_an_id_is_found_by_it() -> None:
    """Every type that is a Node is registered under its name."""
    nodes = {
        each.name
        for each in composites()
        if is_object_type(each) and "Node" in {interface.name for interface in each.interfaces}
    }
    assert nodes == set(findable_types())


def _type(declared: GraphQLField | GraphQLArgument | GraphQLInputField) -> str:
    return str(cast("Any", declared).type)


def _is_list(declared: GraphQLField | GraphQLArgument | GraphQLInputField) -> bool:
    return "[" in _type(declared)


def _named(field: GraphQLField) -> str:
    return _type(field).strip("[]!")


def test_lists_are_neither_ordered_nor_filtered_by_what_is_restricted() -> None:
    """Order and number would tell what the field itself does not."""
    core = executable(schema)
    secret = needs_by_name(core).keys()
    assert {"evidence", "assertedBy"} <= secret
    assert core.mutation_type is not None
    written = {
        named_type(argument.type)
        for field in core.mutation_type.fields.values()
        for argument in field.args.values()
    }
    for type_ in core.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            assert type_ in written or not secret & type_.fields.keys(), type_.name
        elif isinstance(type_, GraphQLEnumType) and type_.name.endswith("OrderField"):
            words = {name.replace("_", "").lower() for name in type_.values}
            assert not {name.lower() for name in secret} & words, type_.name

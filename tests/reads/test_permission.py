"""What is not public is told to nobody without one of its roles, on every way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    Undefined,
    is_leaf_type,
)

from resolvers.permission import ANONYMOUS, Needs, Role, Viewer
from schema import registry, schema
from schema.access import needs_of
from schema.executable import executable, named_type
from schema.ids import global_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reads.asking import Asker

CORE: Final = executable(schema)
ARGUMENTS: Final = {
    "ownership": '(right: MASTER, territory: "DE")',
    "catalogue": '(right: MASTER, territory: "DE")',
    "findRightsholders": "(contents: [])",
    "ownershipMatrix": '(territories: ["DE"])',
    "asOf": '(at: "2020-01-01T00:00:00Z")',
}
THINGS: Final = ("Artist", "Recording", "Work", "Release", "Label", "Party")
JOURNAL: Final = "OPTIONAL MATCH (journal:Journal) RETURN journal.sequence AS rows"
LISTS: Final = {
    "Artist": "artists",
    "Recording": "recordings",
    "Work": "works",
    "Release": "releases",
    "Label": "labels",
    "Party": "parties",
}


def restricted() -> Iterator[tuple[str, str, Needs]]:
    """Yield every field of a thing with an id, and of the root, that is not public."""
    for type_ in CORE.type_map.values():
        named = type_.name in registry.findable_types() or type_ is CORE.query_type
        if named and isinstance(type_, GraphQLObjectType):
            for name, field in type_.fields.items():
                if needs := needs_of(field):
                    yield type_.name, name, needs


RESTRICTED: Final = sorted(restricted(), key=lambda each: each[:2])


def viewers() -> Iterator[Viewer]:
    """Yield a caller without a name, and one of each role."""
    yield ANONYMOUS
    for role in Role:
        yield Viewer(subject=f"a {role}", roles=frozenset({role}))


def refusal(viewer: Viewer) -> str:
    """Return the code that a caller is refused with."""
    return "FORBIDDEN" if viewer.subject else "UNAUTHENTICATED"


def asked(type_name: str, name: str) -> str:
    """Return a field as it is asked for, with something below it."""
    type_ = CORE.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    below = "" if is_leaf_type(named_type(type_.fields[name].type)) else " { __typename }"
    return f"{name}{ARGUMENTS.get(name, '')}{below}"


async def some_thing(ask: Asker, type_name: str) -> str:
    """Return the id of a thing of the type."""
    if type_name in LISTS:
        name = LISTS[type_name]
        answer = await ask(f"{{ {name}(first: 1) {{ nodes {{ id }} }} }}")
        return answer.data[name]["nodes"][0]["id"]
    if type_name == "IdentityLink":
        text = "{ artists { nodes { identityLinks { nodes { id } } } } }"
        pages = [each["identityLinks"] for each in (await ask(text)).data["artists"]["nodes"]]
    else:
        field = {"Claim": "claims", "Agreement": "agreementsAssigned"}.get(type_name)
        if field is None:
            name = "conflicts" if type_name == "Conflict" else "policyFlags"
            pages = [(await ask(f"{{ {name} {{ nodes {{ id }} }} }}")).data[name]]
        else:
            text = f"{{ parties(first: 100) {{ nodes {{ {field}(first: 1) {{ nodes {{ id }} }} }} }} }}"
            pages = [each[field] for each in (await ask(text)).data["parties"]["nodes"]]
    return next(node["id"] for page in pages for node in page["nodes"])


def test_what_is_restricted_is_what_is_meant() -> None:
    """A field that stops being restricted, or starts to, is a decision."""
    assert {f"{type_name}.{name}" for type_name, name, _ in RESTRICTED} == {
        *(f"{each}.policyFlags" for each in ("Artist", "Recording", "Work", "Release", "Query")),
        *(
            f"{each}.{name}"
            for each in ("Recording", "Work")
            for name in ("claims", "conflicts", "ownership", "ownershipMatrix")
        ),
        *(
            f"Party.{each}"
            for each in (
                *("catalogue", "claims", "conflicts"),
                *("agreementsAssigned", "agreementsAcquired"),
            )
        ),
        *(f"{each}.{name}" for each in ("Claim", "Agreement") for name in ("revises", "revisedBy")),
        "Conflict.evidence",
        "Query.conflicts",
        "Query.findRightsholders",
        *(f"IdentityLink.{each}" for each in ("evidence", "assertedBy")),
        *(f"{each}.{name}" for each in THINGS for name in ("history", "asOf")),
        *(f"{each}.deals" for each in ("Recording", "Release")),
        *(f"{each}.history" for each in ("Claim", "Agreement", "Conflict")),
        "Query.changes",
    }


@pytest.mark.parametrize(
    ("type_name", "name", "needs"),
    RESTRICTED,
    ids=lambda each: each if isinstance(each, str) else "",
)
async def test_a_restricted_field_refuses_all_but_its_roles(
    sampled: Asker, type_name: str, name: str, needs: Needs
) -> None:
    """Planned and on graphql-core: null, with the code at its path, and nothing read for it."""
    root = type_name == "Query"
    field = asked(type_name, name)
    key = "" if root else await some_thing(sampled, type_name)
    text = (
        f"{{ it: {field} }}"
        if root
        else f'{{ node(id: "{key}") {{ ... on {type_name} {{ it: {field} }} }} }}'
    )
    bare = (await sampled("{ __typename }" if root else text.replace(f"it: {field}", "id"))).reads
    for viewer in viewers():
        ask = sampled.seen_by(viewer)
        for answer in (await ask(text), await ask.through_loaders(text)):
            if not root and not viewer.may(registry.needs_of(type_name)):  # Nor the thing itself.
                assert answer.refusal["code"] == refusal(viewer)
                assert (answer.body["data"], answer.reads) == ({"node": None}, [])
                continue
            if Role.ADMIN in viewer.roles or viewer.roles & needs:
                assert "errors" not in answer.body
                continue
            if type_name == "Claim" and Role.RIGHTSHOLDER in viewer.roles:
                assert answer.data == {"node": None}  # Without a mandate it sees none.
                continue
            [error] = answer.body["errors"]
            assert error["extensions"] == {"code": refusal(viewer)}
            data = answer.body["data"]
            assert error["path"] == (["it"] if root else ["node", "it"])
            assert (data if root else data["node"]) == {"it": None}
            assert answer.reads == bare


def some_value(type_: Any) -> str:
    """Return a literal that a type of input takes: of an object what it has to have."""
    if isinstance(type_, GraphQLNonNull):
        return some_value(cast("Any", type_).of_type)
    if isinstance(type_, GraphQLList):
        return f"[{some_value(cast('Any', type_).of_type)}]"
    if isinstance(type_, GraphQLInputObjectType):
        wanted: dict[str, Any] = {
            name: field.type
            for name, field in type_.fields.items()
            if field.default_value is Undefined
        }
        fields = (
            f"{name}: {some_value(each)}"
            for name, each in wanted.items()
            if isinstance(each, GraphQLNonNull)
        )
        return f"{{{', '.join(fields)}}}"
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    known = {"ID": f'"{global_id("Artist", "nobody")}"', "Int": "1", "Boolean": "true"}
    known |= {"Float": "0.5", "Date": '"2020-01-01"', "DateTime": '"2020-01-01T00:00:00Z"'}
    return known.get(type_.name, '"x"')


MUTATIONS: Final = sorted(CORE.mutation_type.fields if CORE.mutation_type else ())


def test_no_mutation_is_for_everybody() -> None:
    """Whoever changes something has a name: what is for all who have one says so here."""
    assert CORE.mutation_type is not None
    public = {name for name, field in CORE.mutation_type.fields.items() if not needs_of(field)}
    assert public == set()


@pytest.mark.parametrize("name", MUTATIONS)
async def test_a_mutation_refuses_all_but_its_roles(sampled: Asker, name: str) -> None:
    """Null, with the code at its path; nothing is read, and nothing is written."""
    assert CORE.mutation_type is not None
    field = CORE.mutation_type.fields[name]
    given = ", ".join(f"{arg}: {some_value(each.type)}" for arg, each in field.args.items())
    text = f"mutation {{ it: {name}({given}) {{ __typename }} }}"
    needs = needs_of(field)
    before = await sampled.graph.read("journal", JOURNAL)
    for viewer in viewers():
        if not needs or Role.ADMIN in viewer.roles or viewer.roles & needs:
            continue
        answer = await sampled.seen_by(viewer)(text)
        [error] = answer.body["errors"]
        assert error["path"] == ["it"]
        assert error["extensions"] == {"code": refusal(viewer)}
        assert answer.body["data"] == {"it": None}
        assert answer.reads == []
    assert await sampled.graph.read("journal", JOURNAL) == before


@pytest.mark.parametrize("type_name", ["Claim", "Agreement", "PolicyFlag"])
async def test_a_restricted_thing_is_not_found_by_its_id(sampled: Asker, type_name: str) -> None:
    """Whether it is there or not: the same answer, and nothing read."""
    texts = {
        '{ it: node(id: "%s") { id } }': ["it"],
        '{ it: nodes(ids: ["%s"]) { id } }': ["it", 0],
        f'{{ it: _entities(representations: {{__typename: "{type_name}", id: "%s"}}) '
        "{ __typename } }": ["it", 0],
    }
    needs = registry.needs_of(type_name)
    there, nowhere = await some_thing(sampled, type_name), global_id(type_name, "nobody")
    for viewer in viewers():
        if Role.ADMIN in viewer.roles or viewer.roles & needs:
            continue
        ask = sampled.seen_by(viewer)
        for text, path in texts.items():
            told: list[Any] = []
            for key in (there, nowhere):
                for answer in (await ask(text % key), await ask.through_loaders(text % key)):
                    [error] = answer.body["errors"]
                    assert error["path"] == path
                    assert error["extensions"] == {"code": refusal(viewer)}
                    assert answer.reads == []
                    told.append(answer.body["data"])
            assert told == [{"it": None if len(path) == 1 else [None]}] * 4


async def test_one_plan_is_not_another_callers(sampled: Asker) -> None:
    """The same document, asked in turn by who may and who may not, is answered to each by its roles."""
    text = "{ recordings(first: 3) { nodes { title claims { totalCount } } } }"
    analyst = Viewer(subject="a", roles=frozenset({Role.RIGHTS_ANALYST}))
    for _ in range(2):
        told = (await sampled.seen_by(analyst)(text)).data["recordings"]["nodes"]
        assert all(each["claims"] for each in told)
        refused = (await sampled.seen_by(ANONYMOUS)(text)).body
        assert [each["claims"] for each in refused["data"]["recordings"]["nodes"]] == [None] * 3
        assert len(refused["errors"]) == 3

"""The same operations over the same sample answer the same bytes on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
import pytest

if TYPE_CHECKING:
    from tests.conftest import EngineKind
    from tests.reads.asking import Asker

CONNECTION: Final = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
SEARCHES: Final = (
    "love",
    "nirvana",
    "beyonce",
    "bowie",
    "radiohed",
    "live",
    "remix",
    "johann sebastian bach",
    "universal music",
)

OPERATIONS: Final[dict[str, str]] = {
    "artists by name": f"""{{ artists(first: 100) {{ totalCount {CONNECTION} nodes {{
      id name type country gender disambiguation beginDate endDate aliases source {{ name kind licence uri }}
    }} }} }}""",
    "youngest groups": """{ artists(first: 40, filter: {type: GROUP},
      orderBy: {field: BEGIN_YEAR, direction: DESC}) { edges { cursor node { name beginDate } } } }""",
    "the end of recordings": f"""{{ recordings(last: 60, orderBy: {{field: YEAR}}) {{ {CONNECTION}
      nodes {{ id title artistCredit lengthMs year date video disambiguation aliases }} }} }}""",
    "what is on releases": """{ releases(first: 15, orderBy: {field: YEAR, direction: DESC}) { nodes {
      title type status country year date packaging format artistCredit
      labels { nodes { catalogueNumber label { name } } }
      tracks(first: 30) { totalCount nodes { medium position number title lengthMs
        recording { title credits { nodes { role position creditedAs joinPhrase artist { name } } } } } }
    } } }""",
    "releases in the nineties": """{ releases(first: 50, filter: {yearFrom: 1990, yearTo: 1999}) {
      totalCount nodes { title year } } }""",
    "works and their recordings": """{ works(first: 40) { totalCount nodes { title type language
      credits { nodes { role artist { name } } }
      recordings { nodes { title works { nodes { id } } } } } } }""",
    "labels and their families": """{ labels(first: 60) { nodes { name type country
      parents { nodes { name } } sublabels { nodes { name } } operators { nodes { name kind } }
      releases(first: 5) { totalCount nodes { title } } } } }""",
    "parties, their houses and personas": """{ parties(first: 50) { nodes { name kind country
      artists { nodes { name } } labels { nodes { name } }
      parents { nodes { beginDate endDate party { name } } }
      subsidiaries { nodes { party { name } } } } } }""",
    "relations of artists": """{ artists(first: 80, filter: {type: PERSON}) { nodes { name
      relations { totalCount nodes { kind outward beginDate endDate attributes artist { name } } } } } }""",
    "identifiers, valid and not": """{ releases(first: 60) { nodes { identifiers { totalCount nodes {
      scheme raw value display valid reason source { name } } } } } }""",
    "identity links": """{ artists(first: 60) { nodes {
      identityLinks(orderBy: {field: CONFIDENCE, direction: DESC}) {
      nodes { id relation status confidence evidence method assertedBy validFrom validTo
        identity { scheme value url } subject { id } } } } } }""",
    "policy flags": f"""{{ policyFlags(first: 60) {{ totalCount {CONNECTION} nodes {{ id kind status reason
      severity policyVersion surfaces validFrom validTo scope {{ description countryCount }}
      subject {{ __typename id }} }} }} }}""",
    "claims of parties": """{ parties(first: 30) { nodes { claims(first: 10, orderBy: {field: VALID_FROM}) {
      totalCount nodes { id right kind share role status validFrom validTo
        territory { description countryCount } asset { __typename id } } } } } }""",
    "agreements": """{ parties(first: 100) { nodes {
      agreementsAssigned { nodes { id kind right share status validFrom validTo acquirer { name } } }
      agreementsAcquired { totalCount nodes { id assignor { name } } } } } }""",
    "owners of recordings": """{ recordings(first: 60) { nodes { title
      ownership(right: MASTER, territory: "US", at: "2024-06-01") { status total ownerCount
        owners { share { fraction percent } party { name } paths(first: 5) { share { fraction }
          origin { name } steps { id } } }
        claims { id share } unresolvable { share { percent } parties { name } } } } } }""",
    "owners of works": """{ works(first: 40) { nodes {
      pr: ownership(right: PR, territory: "DE", at: "2020-01-01") {
      status total owners(first: 3) { share { percent } party { name } } } } } }""",
    "by prefix, in another script": """{ artists(filter: {nameStartsWith: "周"}) { nodes { name } }
      recordings(first: 50, filter: {titleStartsWith: "the "}) { totalCount nodes { title } } }""",
    # More than two hundred things of a type share a word with these; which of them are looked at is
    # for the engine to say, so totals and far ends may differ. What comes first does not.
    **{
        f"search first for {text}": f"""{{ search(text: "{text}") {{
          nodes {{ score entity {{ id }} }} }} }}"""
        for text in ("the beatles", "blue note")
    },
    **{
        f"search for {text}": f"""{{ search(text: "{text}", first: 50) {{ totalCount {CONNECTION}
          nodes {{ score entity {{ __typename id }} }} }} }}"""
        for text in SEARCHES
    },
}


@pytest.fixture(scope="session")
def answers() -> dict[str, tuple[EngineKind, bytes]]:
    """Return what the first engine answered, by operation."""
    return {}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_both_engines_answer_alike(
    sampled: Asker,
    engine_kind: EngineKind,
    answers: dict[str, tuple[EngineKind, bytes]],
    name: str,
) -> None:
    """The second engine's answer is the first one's, to the byte; alone, an engine only answers."""
    told = orjson.dumps((await sampled(OPERATIONS[name])).data, option=orjson.OPT_INDENT_2)
    assert len(told) > 100
    first, before = answers.setdefault(name, (engine_kind, told))
    del first
    assert told.decode() == before.decode()

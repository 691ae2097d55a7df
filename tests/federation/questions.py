"""Operations that no one subgraph can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema.ids import global_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.federation.things import Things

THING: Final = """
query ($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Sourced { source { name kind } }
    ... on Entity {
      identifiers(first: 3) { totalCount nodes { scheme value valid } }
      identityLinks(first: 2) { nodes { id identity { scheme value url } status confidence } }
    }
    ... on Flaggable { policyFlags { totalCount nodes { kind state: status reason } } }
    ... on Asset { claims(first: 2) { totalCount nodes { id share party { name } } } }
    ... on Artist { name parties { nodes { name } } }
    ... on Recording { title works { nodes { title } } }
    ... on Work { title }
    ... on Release { title }
    ... on Label { name operators(first: 2) { nodes { name kind } } }
    ... on Party { name labels(first: 2) { nodes { name } } artists(first: 2) { nodes { name } } }
    ... on Claim { right share asset { __typename id ... on Recording { title } ... on Work { title } } }
    ... on Agreement { agreed: kind share assignor { name ipiBase } acquirer { id name } }
    ... on IdentityLink { relation subject { __typename id ... on Artist { name } ... on Party { name } } }
    ... on PolicyFlag { flagged: kind surfaces subject { __typename ... on Recording { title isrc } } }
  }
}
"""
"""Whatever it is, by its interfaces and its own type."""

MANY: Final = """
query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Sourced { source { name loadedAt } }
    ... on Entity { identityLinks(first: 1) { totalCount } }
    ... on Asset { claims(right: MASTER, first: 1) { totalCount nodes { party { name } } } }
    ... on Flaggable { policyFlags(first: 1) { totalCount } }
  }
}
"""

QUESTIONS: Final[dict[str, tuple[str, Callable[[Things], dict[str, Any]]]]] = {
    "nodes of every type": (
        MANY,
        lambda things: {"ids": things.each},
    ),
    "search across domains": (
        """query ($text: String!) {
          search(text: $text, first: 8) {
            pageInfo { hasNextPage }
            edges { cursor node { score entity {
              __typename
              id
              identifiers(first: 2) { nodes { scheme value } }
              identityLinks(first: 2) { nodes { identity { scheme value } status } }
              ... on Artist { name policyFlags { totalCount } parties { nodes { id name } } }
              ... on Recording { title claims(first: 1) { totalCount nodes { party { name } } } }
              ... on Party { name kind claims(first: 1) { totalCount } }
              ... on Label { name operators { nodes { name } } }
            } } }
          }
        }""",
        lambda _: {"text": "Queen"},
    ),
    "artists to those who own their recordings": (
        """query ($id: ID!) {
          artist(id: $id) {
            name
            recordings(first: 3) { totalCount nodes {
              title
              claims(first: 2) { nodes { right share party {
                name
                artists(first: 2) { nodes { name identityLinks(first: 2) { nodes { identity { value } } } } }
              } } }
            } }
            parties { nodes { name artists { nodes { id name } } } }
          }
        }""",
        lambda things: {"id": things.by_type["Artist"][0]},
    ),
    "effective owners": (
        """query ($ids: [ID!]!, $day: Date!) {
          nodes(ids: $ids) {
            ... on Recording { title credits(first: 1) { nodes { artist { name } } } }
            ... on Asset { ownership(right: MASTER, territory: "DE", at: $day) {
              at status total ownerCount territory { code }
              claims { id share source { name } party { name } }
              owners(first: 3) {
                share { fraction percent }
                party { id name labels(first: 1) { nodes { name country } } }
                paths { origin { name } share { percent } steps { kind acquirer { name } } }
              }
            } }
          }
        }""",
        lambda things: {"ids": things.owned[:5], "day": "2024-05-01"},
    ),
    "flags and what they are of": (
        """query ($kind: PolicyFlagKind) {
          policyFlags(kind: $kind, first: 10) { totalCount nodes {
            id kind status scope { description includes { code } } source { name }
            subject {
              __typename
              id
              policyFlags { totalCount }
              ... on Recording { title isrc artistCredit claims(first: 1) { totalCount } }
              ... on Artist { name }
            }
          } }
        }""",
        lambda _: {},
    ),
    "whom an identity is of": (
        """query ($identity: IdentifierInput!) {
          identityLinks(identity: $identity) { nodes {
            status method evidence
            subject { __typename id source { name } identifiers(first: 1) { totalCount }
              ... on Artist { name recordings(first: 1) { totalCount } } ... on Party { name } }
          } }
        }""",
        lambda things: {"identity": things.identities[0]},
    ),
    "a first page": (
        """query ($first: Int!, $after: String, $links: Boolean!) {
          recordings(first: $first, after: $after, orderBy: {field: TITLE, direction: DESC}) {
            totalCount
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            edges { cursor node {
              title
              identityLinks(first: 1) @include(if: $links) { totalCount }
              policyFlags(first: 1) @skip(if: $links) { totalCount }
              claims(first: 1) { pageInfo { hasNextPage endCursor } nodes { share } }
            } }
          }
        }""",
        lambda _: {"first": 7, "links": True},
    ),
    "a filtered list": (
        """query ($filter: PartyFilter) {
          parties(filter: $filter, first: 5) { totalCount nodes {
            name kind
            identifiers(first: 2) { nodes { scheme display } }
            artists(first: 2) { nodes { name country } }
            agreementsAssigned { nodes { kind acquirer { name identityLinks(first: 1) { totalCount } } } }
          } }
        }""",
        lambda _: {"filter": {"nameStartsWith": "Br"}},
    ),
    "aliases, fragments and defaults": (
        """query ($id: ID!, $first: Int = 1) {
          one: recording(id: $id) { ...Rights }
          other: node(id: $id) { ...Rights again: id }
          territory(code: "DE") { code }
          works(first: $first) { nodes { ...Rights } }
        }
        fragment Rights on Asset {
          __typename
          masters: claims(right: MASTER, first: $first) { totalCount nodes { share } }
          all: claims(first: 2) { totalCount nodes { right party { name } } }
        }""",
        lambda things: {"id": things.owned[0]},
    ),
    "merged ids": (
        MANY,
        lambda things: {"ids": [things.merged, things.by_type["Artist"][0], things.merged]},
    ),
    "one merged id": (THING, lambda things: {"id": things.merged}),
    "merged, and only what another subgraph tells": (
        "query ($id: ID!) { node(id: $id) { ... on Entity { identityLinks { totalCount } } } }",
        lambda things: {"id": things.merged},
    ),
    "things that are not there": (
        """query ($nobody: ID!, $nowhere: ID!, $ids: [ID!]!) {
          artist(id: $nobody) { name identityLinks { totalCount } }
          node(id: $nowhere) { id ... on Claim { share } ... on Sourced { source { name } } }
          nodes(ids: $ids) { id ... on Asset { claims { totalCount } } }
          recording(identifier: {scheme: ISRC, value: "US-ZZZ-99-99999"}) { claims { totalCount } }
        }""",
        lambda things: {
            "nobody": global_id("Artist", "nobody"),
            "nowhere": global_id("Claim", "nowhere"),
            "ids": [global_id("Work", "none"), things.owned[0], global_id("PolicyFlag", "none")],
        },
    ),
    "an argument that is refused": (
        """query ($id: ID!) {
          recording(id: $id) { title claims(first: 1000) { totalCount } policyFlags { totalCount } }
        }""",
        lambda things: {"id": things.owned[0]},
    ),
    "refused below a list": (
        """query ($ids: [ID!]!) {
          nodes(ids: $ids) {
            id
            ... on Recording { title }
            ... on Asset { ownership(right: MASTER, territory: "Atlantis") { status } }
          }
        }""",
        lambda things: {"ids": things.owned[:2]},
    ),
    "an id that is none": ('{ node(id: "nonsense") { id } }', lambda _: {}),
    "no cursor": (
        '{ artists(after: "no cursor") { nodes { id parties { nodes { name } } } } }',
        lambda _: {},
    ),
    "names of types alone": (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }",
        lambda things: {"ids": things.each},
    ),
}
"""Operations by what they are about, and their variables made of what there is."""

"""Constraints, indexes and numbered changes to stored data, applied in order at every start.

Definitions are idempotent; a data change runs once and is remembered in the `Schema` node.
"""

from datetime import UTC, datetime
from typing import Final, LiteralString

from graph.client import Graph
from graph.errors import NewerGraph
from graph.sources import EDITORS

VERSION: Final = 2

UNIQUE: Final[tuple[LiteralString, ...]] = (
    "CREATE CONSTRAINT artist_id IF NOT EXISTS FOR (n:Artist) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT recording_id IF NOT EXISTS FOR (n:Recording) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT work_id IF NOT EXISTS FOR (n:Work) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT release_id IF NOT EXISTS FOR (n:Release) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT label_id IF NOT EXISTS FOR (n:Label) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT party_id IF NOT EXISTS FOR (n:Party) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT identifier_id IF NOT EXISTS FOR (n:Identifier) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT identity_id IF NOT EXISTS FOR (n:Identity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT identity_link_id IF NOT EXISTS FOR (n:IdentityLink) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT agreement_id IF NOT EXISTS FOR (n:Agreement) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT conflict_id IF NOT EXISTS FOR (n:Conflict) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT policy_flag_id IF NOT EXISTS FOR (n:PolicyFlag) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT deal_id IF NOT EXISTS FOR (n:Deal) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT redirect_id IF NOT EXISTS FOR (n:Redirect) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT retired_id IF NOT EXISTS FOR (n:Retired) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT registration_id IF NOT EXISTS FOR (n:Registration) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT acknowledgement_id IF NOT EXISTS FOR (n:Acknowledgement) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT journal_id IF NOT EXISTS FOR (n:Journal) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT change_id IF NOT EXISTS FOR (n:Change) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT change_sequence IF NOT EXISTS FOR (n:Change) REQUIRE n.sequence IS UNIQUE",
    "CREATE CONSTRAINT change_once IF NOT EXISTS FOR (n:Change) REQUIRE n.onceKey IS UNIQUE",
    "CREATE CONSTRAINT user_id IF NOT EXISTS FOR (n:User) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT organisation_id IF NOT EXISTS FOR (n:Organisation) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT team_id IF NOT EXISTS FOR (n:Team) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT membership_id IF NOT EXISTS FOR (n:Membership) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT mandate_id IF NOT EXISTS FOR (n:Mandate) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT artist_claim_id IF NOT EXISTS FOR (n:ArtistClaim) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT schema_id IF NOT EXISTS FOR (n:Schema) REQUIRE n.id IS UNIQUE",
)

INDEXES: Final[tuple[LiteralString, ...]] = (
    "CREATE INDEX recording_year IF NOT EXISTS FOR (n:Recording) ON (n.year)",
    "CREATE INDEX release_year IF NOT EXISTS FOR (n:Release) ON (n.year)",
    "CREATE INDEX identifier_key IF NOT EXISTS FOR (n:Identifier) ON (n.key)",
    "CREATE INDEX identity_key IF NOT EXISTS FOR (n:Identity) ON (n.key)",
    "CREATE INDEX retired_label IF NOT EXISTS FOR (n:Retired) ON (n.label)",
    "CREATE INDEX change_subject IF NOT EXISTS FOR (n:Change) ON (n.subject)",
    "CREATE INDEX change_command IF NOT EXISTS FOR (n:Change) ON (n.command)",
    "CREATE INDEX acknowledgement_of IF NOT EXISTS FOR (n:Acknowledgement) ON (n.registration)",
    "CREATE INDEX acknowledgement_quotes IF NOT EXISTS FOR (n:Acknowledgement) ON (n.quotes)",
    "CREATE INDEX registration_quoted IF NOT EXISTS FOR (n:Registration) ON (n.quoted)",
    "CREATE INDEX claim_line IF NOT EXISTS FOR (n:Claim) ON (n.line)",
    "CREATE INDEX registration_key IF NOT EXISTS FOR (n:Registration) ON (n.key)",
    "CREATE INDEX redirect_to IF NOT EXISTS FOR (n:Redirect) ON (n.to)",
    "CREATE INDEX team_organisation IF NOT EXISTS FOR (n:Team) ON (n.organisationId)",
    "CREATE INDEX membership_organisation IF NOT EXISTS FOR (n:Membership) ON (n.organisationId)",
    "CREATE INDEX membership_user IF NOT EXISTS FOR (n:Membership) ON (n.userId)",
    "CREATE INDEX membership_invitation IF NOT EXISTS FOR (n:Membership) ON (n.invitation)",
    "CREATE INDEX membership_email IF NOT EXISTS FOR (n:Membership) ON (n.email)",
    "CREATE INDEX membership_inviter IF NOT EXISTS FOR (n:Membership) ON (n.invitedBy)",
    "CREATE INDEX change_actor IF NOT EXISTS FOR (n:Change) ON (n.actor, n.sequence)",
    "CREATE INDEX mandate_organisation IF NOT EXISTS FOR (n:Mandate) ON (n.organisationId)",
    "CREATE INDEX mandate_party IF NOT EXISTS FOR (n:Mandate) ON (n.partyId)",
    "CREATE INDEX artist_claim_artist IF NOT EXISTS FOR (n:ArtistClaim) ON (n.artistId)",
    "CREATE INDEX artist_claim_user IF NOT EXISTS FOR (n:ArtistClaim) ON (n.userId)",
    "CREATE INDEX artist_claim_holder IF NOT EXISTS FOR (n:ArtistClaim) ON (n.organisationId)",
)

SORTED: Final[tuple[LiteralString, ...]] = (
    "CREATE INDEX artist_sort IF NOT EXISTS FOR (n:Artist) ON (n.sortKey)",
    "CREATE INDEX recording_sort IF NOT EXISTS FOR (n:Recording) ON (n.sortKey)",
    "CREATE INDEX work_sort IF NOT EXISTS FOR (n:Work) ON (n.sortKey)",
    "CREATE INDEX release_sort IF NOT EXISTS FOR (n:Release) ON (n.sortKey)",
    "CREATE INDEX label_sort IF NOT EXISTS FOR (n:Label) ON (n.sortKey)",
    "CREATE INDEX party_sort IF NOT EXISTS FOR (n:Party) ON (n.sortKey)",
)

FULLTEXT: Final[tuple[LiteralString, ...]] = (
    "CREATE FULLTEXT INDEX artist_text IF NOT EXISTS FOR (n:Artist) ON EACH [n.searchText]",
    "CREATE FULLTEXT INDEX recording_text IF NOT EXISTS FOR (n:Recording) ON EACH [n.searchText]",
    "CREATE FULLTEXT INDEX work_text IF NOT EXISTS FOR (n:Work) ON EACH [n.searchText]",
    "CREATE FULLTEXT INDEX release_text IF NOT EXISTS FOR (n:Release) ON EACH [n.searchText]",
    "CREATE FULLTEXT INDEX label_text IF NOT EXISTS FOR (n:Label) ON EACH [n.searchText]",
    "CREATE FULLTEXT INDEX party_text IF NOT EXISTS FOR (n:Party) ON EACH [n.searchText]",
)

SCHEMA_VERSION: Final = """
OPTIONAL MATCH (schema:Schema {id: 'graph'})
RETURN coalesce(schema.version, 0) AS rows
"""

MAKE_EDITORS: Final = """
MERGE (source:Source {id: $id})
ON CREATE SET source.sourceId = $id, source.recordedAt = $now, source.loadedAt = $now,
  source.kind = 'EDITORS', source.name = 'Editors of this graph', source.complete = true
"""

SET_SCHEMA_VERSION: Final = """
MERGE (schema:Schema {id: 'graph'})
SET schema.version = $version
"""


async def migrate(graph: Graph) -> None:
    """Bring the stored graph to this version.

    Raises NewerGraph where it was written by a newer one. Safe to run at every start.
    """
    version = await graph.read("schema version", SCHEMA_VERSION)
    if version > VERSION:
        raise NewerGraph(
            f"This graph has version {version}; this software knows {VERSION}. "
            "Install the newer release, or use another data folder or database."
        )
    if version == VERSION:
        return
    for statement in (*UNIQUE, *INDEXES):
        await graph.define(statement)
    if graph.dialect.value == "neo4j":  # The embedded engine makes its own when it starts.
        for statement in (*SORTED, *FULLTEXT):
            await graph.define(statement)
    editors = {"id": EDITORS, "now": datetime.now(UTC)}
    await graph.write(
        "set schema version",
        [(MAKE_EDITORS, editors), (SET_SCHEMA_VERSION, {"version": VERSION})],
    )

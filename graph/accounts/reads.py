"""What a user may do by its memberships, and which of some things it sees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph.client import Graph

GRANTS: Final = """
MATCH (membership:Membership {userId: $user})
WHERE membership.status = 'ACTIVE'
  AND coalesce(membership.validFrom, '') <= $today
  AND (membership.validTo IS NULL OR membership.validTo > $today)
RETURN collect([membership.role, membership.organisationId]) AS rows
"""

ORGANISATIONS_SEEN: Final = """
MATCH (membership:Membership {userId: $user})
WHERE membership.organisationId IN $ids AND (
  membership.status = 'INVITED' OR membership.status = 'ACTIVE'
  AND coalesce(membership.validFrom, '') <= $today
  AND (membership.validTo IS NULL OR membership.validTo > $today)
)
RETURN collect(DISTINCT membership.organisationId) AS rows
"""

MEMBERSHIPS_SEEN: Final = """
UNWIND $ids AS id
MATCH (membership:Membership {id: id})
WHERE membership.userId = $user OR EXISTS {
  MATCH (own:Membership {userId: $user})
  WHERE own.organisationId = membership.organisationId AND own.status = 'ACTIVE'
    AND coalesce(own.validFrom, '') <= $today AND coalesce(own.validTo, '~') > $today
}
RETURN collect(id) AS rows
"""

FELLOWS: Final = """
UNWIND $ids AS id
MATCH (membership:Membership {userId: id})
WHERE membership.status = 'ACTIVE'
  AND coalesce(membership.validFrom, '') <= $today AND coalesce(membership.validTo, '~') > $today
  AND EXISTS {
    MATCH (own:Membership {userId: $user})
    WHERE own.organisationId = membership.organisationId AND own.status = 'ACTIVE'
      AND coalesce(own.validFrom, '') <= $today AND coalesce(own.validTo, '~') > $today
  }
RETURN collect(DISTINCT id) AS rows
"""


class Grant(NamedTuple):
    """One membership in force: its role, and the organisation's id."""

    role: str
    organisation: str


async def grants_of(graph: Graph, user: str) -> frozenset[Grant]:
    """Return the memberships of a user that are in force today, in UTC."""
    rows = await graph.read("grants", GRANTS, user=user, today=today().isoformat())
    return frozenset(Grant(*row) for row in rows)


async def organisations_seen(graph: Graph, user: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the organisations that a user is a member of, or is invited to."""
    day = today().isoformat()
    found = await graph.read(
        "organisations seen", ORGANISATIONS_SEEN, user=user, ids=list(ids), today=day
    )
    return frozenset(found)


async def memberships_seen(graph: Graph, user: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the memberships that are a user's, or of an organisation of its."""
    day = today().isoformat()
    found = await graph.read(
        "memberships seen", MEMBERSHIPS_SEEN, user=user, ids=list(ids), today=day
    )
    return frozenset(found)


async def fellows_among(graph: Graph, user: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of some users who are members of the same organisation as a user, both in force."""
    day = today().isoformat()
    found = await graph.read("fellows", FELLOWS, user=user, ids=list(ids), today=day)
    return frozenset(found)


def today() -> date:
    """Return the day by which terms begin and end."""
    return datetime.now(UTC).date()

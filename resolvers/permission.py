"""Who asks, and what they may do: roles, and the one place that says yes or no.

Roles are those of domain rules, section 6. A caller without a name has the roles of `ANYBODY`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resolvers.errors import Forbidden, Unauthenticated


class Role(StrEnum):
    """What somebody is there to do."""

    VIEWER = "viewer"
    CREATOR = "creator"
    RIGHTSHOLDER = "rightsholder"
    EDITOR = "editor"
    RIGHTS_ANALYST = "rights_analyst"
    IDENTITY_CURATOR = "identity_curator"
    POLICY_REVIEWER = "policy_reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    PROMOTION_OPERATOR = "promotion_operator"
    FINANCE = "finance"
    AUDITOR = "auditor"
    SERVICE = "service"
    ADMIN = "admin"


GRANTED_BY_ADMINS: Final[frozenset[Role]] = frozenset(
    {Role.VIEWER, Role.CREATOR, Role.RIGHTSHOLDER}
)
"""The roles that an organisation's own admins may grant, and have: they reach as far as its mandates."""
NEVER_GRANTED: Final[frozenset[Role]] = frozenset({Role.AUDITOR, Role.SERVICE, Role.ADMIN})
"""The roles that no membership grants: they are of the whole system, and only a token tells them."""

Needs = frozenset[Role]
"""The roles of which a caller has to have one; empty where everybody may."""

PUBLIC: Final[Needs] = frozenset()
NAMED: Final[Needs] = frozenset(Role)
"""Whoever has a name: a token without any role does, too. What else it takes hangs on what it is about."""

RIGHTS: Final[Needs] = frozenset({Role.RIGHTS_ANALYST, Role.FINANCE, Role.AUDITOR, Role.SERVICE})
"""Whoever may see who claims and owns what: shares are not public (domain rules, section 6)."""
CLAIMS: Final[Needs] = RIGHTS | {Role.RIGHTSHOLDER}
"""Whoever may see claims; a rightsholder those within the mandates of its organisations.

What cannot be told in part, such as who owns what in the end, is not for a rightsholder.
"""
IDENTITY_EVIDENCE: Final[Needs] = frozenset({Role.IDENTITY_CURATOR, Role.AUDITOR, Role.SERVICE})
"""Whoever may see why an identity link is held to be true: evidence is not public."""
POLICY: Final[Needs] = frozenset(
    {
        Role.POLICY_REVIEWER,
        Role.SENIOR_REVIEWER,
        Role.PROMOTION_OPERATOR,
        Role.AUDITOR,
        Role.SERVICE,
    }
)
"""Whoever may see what is held against content."""
CATALOGUE_EDITING: Final[Needs] = frozenset({Role.EDITOR})
"""Whoever may make, edit, merge and retire things of the catalogue."""
PARTY_EDITING: Final[Needs] = frozenset({Role.EDITOR, Role.RIGHTS_ANALYST})
"""Whoever may do that with parties."""
RIGHTS_EDITING: Final[Needs] = frozenset({Role.RIGHTS_ANALYST})
"""Whoever may write rights of any party, and merge parties: who may act for one of them may act for both."""
CLAIMING: Final[Needs] = RIGHTS_EDITING | {Role.RIGHTSHOLDER}
"""Whoever may write single claims; a rightsholder those that are within the mandates of its organisations."""
ORGANISATIONS: Final[Needs] = frozenset({Role.RIGHTS_ANALYST, Role.AUDITOR})
"""Whoever may see organisations that they are no members of, and their members."""
MANDATING: Final[Needs] = frozenset({Role.RIGHTS_ANALYST})
"""Whoever may grant and end the mandates of any party, beside its own organisation."""
ARTIST_CLAIM_DECIDING: Final[Needs] = frozenset({Role.IDENTITY_CURATOR, Role.EDITOR})
"""Whoever may decide who speaks for an artist's profile."""
ARTIST_CLAIMS: Final[Needs] = ARTIST_CLAIM_DECIDING | {Role.AUDITOR}
"""Whoever may see all that is claimed of profiles, and the evidence."""
USERS: Final[Needs] = ORGANISATIONS | ARTIST_CLAIMS
"""Whoever may see who stands behind any membership, or claim on a profile: their names and addresses."""
ORGANISATION_VERIFYING: Final[Needs] = frozenset({Role.RIGHTS_ANALYST})
"""Whoever may say for which party an organisation speaks."""

HISTORY: Final[Needs] = frozenset(
    {
        Role.EDITOR,
        Role.RIGHTS_ANALYST,
        Role.IDENTITY_CURATOR,
        Role.POLICY_REVIEWER,
        Role.SENIOR_REVIEWER,
        Role.AUDITOR,
        Role.SERVICE,
    }
)
"""Whoever may see who changed what, of the types that they may see at all."""
FEED: Final[Needs] = frozenset({Role.AUDITOR, Role.SERVICE})
"""Whoever may follow the changes of the whole graph from its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks: a name that its issuer vouches for, or none, and the roles that go with it.

    `user` is our id for the two together; nobody learns the name from it.
    """

    subject: str | None = None
    roles: frozenset[Role] = frozenset()
    user: str | None = None
    acts_for: tuple[str, ...] = ()
    """The organisations that it is a rightsholder for, by our ids, in order."""

    @property
    def actor(self) -> str:
        """Whose changes the viewer's are, in the history."""
        return self.user or NOBODY

    def may(self, needs: Needs) -> bool:
        """Say whether the viewer has one of the roles, or a name where that is all it takes."""
        if not needs or Role.ADMIN in self.roles or not needs.isdisjoint(self.roles):
            return True
        return needs == NAMED and self.subject is not None

    def named(self) -> str:
        """Return our id for the viewer; raise Unauthenticated where nobody knows who asks."""
        if self.user is None:
            raise Unauthenticated("Tell who you are: this wants a token.")
        return self.user

    def check(self, needs: Needs) -> None:
        """Raise Unauthenticated or Forbidden unless the viewer has one of the roles."""
        if self.may(needs):
            return
        if self.subject is None:
            raise Unauthenticated("Tell who you are: this wants a token.")
        raise Forbidden("Your roles do not include this.")


NOBODY: Final = "anonymous"

ANONYMOUS: Final = Viewer()
EVERYTHING: Final = Viewer(roles=frozenset({Role.ADMIN}))
"""May do everything: whoever asks in development, unless it is said."""

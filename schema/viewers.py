"""Who asks, and what they may do, as they are told of it."""

from enum import Enum
from typing import Annotated, Final

import strawberry

from resolvers import permission
from resolvers.accounts import own_memberships
from resolvers.lists import Page
from resolvers.things import Thing
from schema.accounts import Membership, MembershipStatus
from schema.caching import kept
from schema.connections import Connection, connection
from schema.criteria import word_of
from schema.fields import Info, arg, computed, object_type, prop
from schema.lists import paged
from schema.references import MembershipRef, UserRef
from schema.things import found


@strawberry.enum(description="What somebody is there to do, and so may see and change.")
class Role(Enum):
    """What somebody is there to do, and so may see and change."""

    VIEWER = strawberry.enum_value("viewer", description="Reads what is not public.")
    CREATOR = strawberry.enum_value(
        "creator", description="Speaks for an artist or a writer about what is theirs."
    )
    RIGHTSHOLDER = strawberry.enum_value(
        "rightsholder", description="Speaks for a party about its rights."
    )
    EDITOR = strawberry.enum_value("editor", description="Keeps the catalogue.")
    RIGHTS_ANALYST = strawberry.enum_value(
        "rights_analyst", description="Keeps claims and agreements, and resolves their conflicts."
    )
    IDENTITY_CURATOR = strawberry.enum_value(
        "identity_curator", description="Decides who is whom elsewhere."
    )
    POLICY_REVIEWER = strawberry.enum_value(
        "policy_reviewer", description="Decides cases of policy."
    )
    SENIOR_REVIEWER = strawberry.enum_value(
        "senior_reviewer", description="Hears appeals, and is the second for what is severe."
    )
    PROMOTION_OPERATOR = strawberry.enum_value(
        "promotion_operator", description="Runs promotion campaigns."
    )
    FINANCE = strawberry.enum_value("finance", description="Sees what is paid.")
    AUDITOR = strawberry.enum_value("auditor", description="Sees all, its history too.")
    SERVICE = strawberry.enum_value("service", description="Another program.")
    ADMIN = strawberry.enum_value("admin", description="May do everything.")


ROLES: Final = {permission.Role(role.value): role for role in Role}


@kept(0, private=True)
@object_type
class Viewer:
    """Who asks, and what they may do."""

    subject: str | None = prop(
        "The name that their token's issuer knows them by; null without a token."
    )
    roles: list[Role] = prop(
        "What they may do, by their token and memberships; without a token they may have roles, too."
    )

    @found(UserRef | None)
    def user(self, info: Info) -> Thing | None:
        """What they told of themselves; null where they never did anything that wanted it."""
        key = info.context.viewer.user
        return Thing("User", key) if key else None

    @paged
    async def memberships(
        self,
        info: Info,
        page: Page,
        status: Annotated[MembershipStatus | None, arg("Only in this status.")] = None,
    ) -> Connection[MembershipRef] | None:
        """What they are in organisations, and are invited to be, the oldest first."""
        listed = await own_memberships(info.context, page, word_of(status))
        return connection(listed, Membership.from_row)


@strawberry.type
class ViewerQuery:
    """Where callers find themselves."""

    @computed
    def viewer(self, info: Info) -> Viewer | None:
        """Who asks, and what they may do."""
        asking = info.context.viewer
        return Viewer(
            subject=asking.subject,
            roles=[ROLES[role] for role in permission.Role if role in asking.roles],
        )

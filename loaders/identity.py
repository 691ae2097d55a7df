"""Loaders of identity links."""

from graph import identity
from loaders.batching import DomainLoaders, one


class IdentityLoaders(DomainLoaders):
    """Identity links by id, from the thing's side and from the identity's."""

    by_id = one("identity links by id", identity.identity_links_by_id)

"""Loaders of identity links."""

from graph import identity
from loaders.batching import DomainLoaders, listed, listed_by_label


class IdentityLoaders(DomainLoaders):
    """Identity links, from the thing's side and from the identity's."""

    links = listed(identity.IDENTITY_LINKS)
    links_by_thing = listed_by_label(identity.IDENTITY_LINKS_BY_THING)

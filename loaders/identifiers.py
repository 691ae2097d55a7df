"""Loaders of identifiers."""

from graph import identifiers
from loaders.batching import DomainLoaders, listed_by_label


class IdentifierLoaders(DomainLoaders):
    """Identifiers that things bear, by the thing's label."""

    by_thing = listed_by_label(identifiers.IDENTIFIERS_BY_THING)

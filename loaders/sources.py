"""Loaders of sources."""

from graph import sources
from loaders.batching import DomainLoaders, one


class SourceLoaders(DomainLoaders):
    """Sources by id."""

    by_id = one("sources by id", sources.sources_by_id)

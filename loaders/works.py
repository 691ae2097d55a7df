"""Loaders of works."""

from graph import works
from loaders.batching import DomainLoaders, one


class WorkLoaders(DomainLoaders):
    """Works by id, and the lists they stand in."""

    by_id = one("works by id", works.works_by_id)

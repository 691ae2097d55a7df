"""Loaders of works."""

from graph import works
from loaders.batching import DomainLoaders, listed, one


class WorkLoaders(DomainLoaders):
    """Works by id, and the lists they stand in."""

    by_id = one("works by id", works.works_by_id)
    all = listed(works.WORKS)
    by_artist = listed(works.WORKS_BY_ARTIST)
    by_recording = listed(works.WORKS_BY_RECORDING)

"""Loaders of artists."""

from graph import artists
from loaders.batching import DomainLoaders, one


class ArtistLoaders(DomainLoaders):
    """Artists by id, and the lists they stand in."""

    by_id = one("artists by id", artists.artists_by_id)

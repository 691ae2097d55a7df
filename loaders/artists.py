"""Loaders of artists."""

from graph import artists
from loaders.batching import DomainLoaders, listed, one


class ArtistLoaders(DomainLoaders):
    """Artists by id, and the lists they stand in."""

    by_id = one("artists by id", artists.artists_by_id)
    all = listed(artists.ARTISTS)
    by_party = listed(artists.ARTISTS_BY_PARTY)
    relations = listed(artists.RELATIONS_BY_ARTIST)

"""Loaders of parties."""

from graph import parties
from loaders.batching import DomainLoaders, listed, one


class PartyLoaders(DomainLoaders):
    """Parties by id, the lists they stand in, and their corporate ties."""

    by_id = one("parties by id", parties.parties_by_id)
    all = listed(parties.PARTIES)
    by_artist = listed(parties.PARTIES_BY_ARTIST)
    by_label = listed(parties.OPERATORS_BY_LABEL)
    parents = listed(parties.PARENTS_BY_PARTY)
    subsidiaries = listed(parties.SUBSIDIARIES_BY_PARTY)

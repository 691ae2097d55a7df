"""Loaders of parties."""

from graph import parties
from loaders.batching import DomainLoaders, one


class PartyLoaders(DomainLoaders):
    """Parties by id, the lists they stand in, and their corporate ties."""

    by_id = one("parties by id", parties.parties_by_id)

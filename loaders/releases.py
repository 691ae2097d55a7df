"""Loaders of releases, their tracks and their issues on labels."""

from graph import releases
from loaders.batching import DomainLoaders, one


class ReleaseLoaders(DomainLoaders):
    """Releases by id, the lists they stand in, and what is on them."""

    by_id = one("releases by id", releases.releases_by_id)

"""Loaders of releases, their tracks and their issues on labels."""

from graph import releases
from loaders.batching import DomainLoaders, listed, one


class ReleaseLoaders(DomainLoaders):
    """Releases by id, the lists they stand in, and what is on them."""

    by_id = one("releases by id", releases.releases_by_id)
    all = listed(releases.RELEASES)
    by_artist = listed(releases.RELEASES_BY_ARTIST)
    by_recording = listed(releases.RELEASES_BY_RECORDING)
    by_label = listed(releases.RELEASES_BY_LABEL)
    tracks = listed(releases.TRACKS_BY_RELEASE)
    issues = listed(releases.ISSUES_BY_RELEASE)

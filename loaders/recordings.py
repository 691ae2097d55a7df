"""Loaders of recordings."""

from graph import recordings
from loaders.batching import DomainLoaders, one


class RecordingLoaders(DomainLoaders):
    """Recordings by id, and the lists they stand in."""

    by_id = one("recordings by id", recordings.recordings_by_id)

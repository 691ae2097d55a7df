"""Loaders of recordings."""

from graph import recordings
from loaders.batching import DomainLoaders, listed, one


class RecordingLoaders(DomainLoaders):
    """Recordings by id, and the lists they stand in."""

    by_id = one("recordings by id", recordings.recordings_by_id)
    all = listed(recordings.RECORDINGS)
    by_artist = listed(recordings.RECORDINGS_BY_ARTIST)
    by_work = listed(recordings.RECORDINGS_BY_WORK)

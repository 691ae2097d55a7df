"""Loaders of labels."""

from graph import labels
from loaders.batching import DomainLoaders, one


class LabelLoaders(DomainLoaders):
    """Labels by id, and the lists they stand in."""

    by_id = one("labels by id", labels.labels_by_id)

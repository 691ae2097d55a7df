"""Loaders of labels."""

from graph import labels
from loaders.batching import DomainLoaders, listed, one


class LabelLoaders(DomainLoaders):
    """Labels by id, and the lists they stand in."""

    by_id = one("labels by id", labels.labels_by_id)
    all = listed(labels.LABELS)
    parents = listed(labels.PARENTS_BY_LABEL)
    sublabels = listed(labels.SUBLABELS_BY_LABEL)
    by_party = listed(labels.LABELS_BY_PARTY)

"""Loaders of policy flags."""

from graph import policy
from loaders.batching import DomainLoaders, listed, listed_by_label


class PolicyLoaders(DomainLoaders):
    """Policy flags, all of them and by the thing they are on."""

    flags = listed(policy.POLICY_FLAGS)
    flags_by_thing = listed_by_label(policy.POLICY_FLAGS_BY_THING)

"""Loaders of policy flags."""

from graph import policy
from loaders.batching import DomainLoaders, listed, listed_by_label, one


class PolicyLoaders(DomainLoaders):
    """Policy flags by id, all of them, and by the thing they are on."""

    by_id = one("policy flags by id", policy.policy_flags_by_id)
    flags = listed(policy.POLICY_FLAGS)
    flags_by_thing = listed_by_label(policy.POLICY_FLAGS_BY_THING)

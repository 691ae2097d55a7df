"""Loaders of policy flags."""

from graph import policy
from loaders.batching import DomainLoaders, one


class PolicyLoaders(DomainLoaders):
    """Policy flags by id, all of them, and by the thing they are on."""

    by_id = one("policy flags by id", policy.policy_flags_by_id)

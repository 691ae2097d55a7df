"""The budgets that the settings give callers, and where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from execution.budgets import Allowance, MemoryBuckets
from server.settings import SettingsError

if TYPE_CHECKING:
    from execution.budgets import Buckets
    from server.contract_settings import ContractSettings


def allowance_of(settings: ContractSettings) -> Allowance | None:
    """Return what callers may ask for; None where nobody is charged."""
    budgets = settings.budgets_in_force
    return Allowance(budgets, _buckets(settings)) if budgets else None


def _buckets(settings: ContractSettings) -> Buckets:
    address = settings.budgets_redis.get_secret_value()
    if not address:
        return MemoryBuckets()
    try:
        # An extra, for those who ask for it.
        from server.redis_buckets import RedisBuckets  # noqa: PLC0415

        return RedisBuckets(address)
    except ImportError:
        reason = "wants the package `redis`: pip install content-graph[redis]"
    except ValueError:
        reason = "must be an address such as redis://host:6379/0 (or rediss://, unix://)"
    raise SettingsError(f"CONTENT_GRAPH_BUDGETS_REDIS: {reason}")

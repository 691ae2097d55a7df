"""Effective shares: who holds what of one cell once every assignment is followed to its end."""

from __future__ import annotations

from standards.ownership.network import Assignment
from standards.ownership.solver import Resolution, resolve
from standards.ownership.steps import Chain, Chains

__all__ = ["Assignment", "Chain", "Chains", "Resolution", "resolve"]

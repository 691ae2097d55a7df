"""Effective shares: who holds what of one cell once every assignment is followed to its end."""

from __future__ import annotations

from standards.ownership.chains import Chain, Chains
from standards.ownership.network import Assignment
from standards.ownership.solver import Resolution, resolve

__all__ = ["Assignment", "Chain", "Chains", "Resolution", "resolve"]

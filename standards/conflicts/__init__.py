"""Conflicts among the claims on an asset: which cells they are in, and whose they are (domain.md §2)."""

from __future__ import annotations

from standards.conflicts.detector import detect
from standards.conflicts.rules import ConflictKind
from standards.conflicts.scopes import Scope
from standards.conflicts.statements import Conflict, Statement

__all__ = ["Conflict", "ConflictKind", "Scope", "Statement", "detect"]

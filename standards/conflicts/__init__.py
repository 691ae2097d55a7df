"""Conflicts among the claims on an asset: which cells they are in, and whose they are (domain.md §2)."""

from __future__ import annotations

from standards.conflicts.detector import detect
from standards.conflicts.registered import Breach, breaches
from standards.conflicts.rules import ConflictKind
from standards.conflicts.scopes import Scope
from standards.conflicts.statements import Conflict, Statement

__all__ = ["Breach", "Conflict", "ConflictKind", "Scope", "Statement", "breaches", "detect"]

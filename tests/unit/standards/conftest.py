"""Properties here judge answers, not the machine's speed: no deadline for one example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("standards", deadline=None)
settings.load_profile("standards")

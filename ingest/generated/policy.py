"""Policy flags on a few artists, recordings and releases, in every kind and status."""

from __future__ import annotations

from typing import Final

from graph.facts import FlagFact
from graph.facts.assertions import FlaggedLabel
from graph.ids import mint
from ingest.generated.chance import chance, day
from ingest.generated.parties import WORLD
from ingest.generated.subjects import Subject

_PER_THOUSAND: Final[dict[FlaggedLabel, int]] = {"Recording": 30, "Artist": 10, "Release": 10}
# Kind, severity, reason.
_KINDS: Final[dict[FlaggedLabel, tuple[tuple[str, str, str], ...]]] = {
    "Recording": (
        ("ARTIFICIAL_STREAMING", "HIGH", "STREAM_PATTERN"),
        ("AI_GENERATED", "MEDIUM", "DISCLOSED"),
        ("AI_ASSISTED", "LOW", "DISCLOSED"),
        ("VOICE_CLONE", "HIGH", "REPORTED"),
        ("FUNCTIONAL_NOISE", "LOW", "CLASSIFIED"),
        ("DUPLICATE", "MEDIUM", "FINGERPRINT"),
        ("INFRINGEMENT", "HIGH", "TAKEDOWN"),
        ("EXPLICIT", "LOW", "DECLARED"),
        ("MISLEADING_METADATA", "MEDIUM", "REPORTED"),
    ),
    "Artist": (("IMPERSONATION", "HIGH", "REPORTED"), ("SPAM", "MEDIUM", "MASS_UPLOAD")),
    "Release": (
        ("DUPLICATE", "MEDIUM", "FINGERPRINT"),
        ("MISLEADING_METADATA", "MEDIUM", "REPORTED"),
    ),
}
_STATUSES: Final = ("ACTIVE", "PROPOSED", "APPEALED", "OVERTURNED", "EXPIRED")
_WEIGHTS: Final = (55, 20, 10, 8, 7)
_SURFACES: Final = ("RADIO", "AUTOPLAY", "MIXES", "SEARCH", "PROFILE")


def flag_fact(seed: int, at: int, label: FlaggedLabel, thing: Subject) -> FlagFact | None:
    """Return the flag of one thing, or None for the many that have none."""
    source = chance(seed, "flag", label, at)
    if source.randrange(1000) >= _PER_THOUSAND.get(label, 0):
        return None
    kind, severity, reason = source.choice(_KINDS[label])
    status = source.choices(_STATUSES, _WEIGHTS)[0]
    local = source.random() < 0.2  # noqa: PLR2004 - one of five.
    surfaces = source.sample(_SURFACES, source.randint(1, 3)) if source.random() < 0.5 else []  # noqa: PLR2004
    return FlagFact(
        id=mint("generated", str(seed), "flag", thing.id, kind),
        flagged=label,
        flagged_id=thing.id,
        kind=kind,
        status=status,
        reason=reason,
        severity=severity,
        policy_version=f"2026.{source.randint(1, 4)}",
        territories=("DE", "FR") if local else (WORLD,),
        surfaces=tuple(sorted(surfaces)),
        valid_from=day(source, 2024, 2026),
        valid_to=day(source, 2025, 2026) if status == "EXPIRED" else None,
    )

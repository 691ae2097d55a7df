"""Where the specification contradicts itself, or versions differ: what is taken for right."""

from __future__ import annotations

from dataclasses import dataclass

from standards.cwr.records import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a recipient reads the specification.

    `zero_territories`: whether a territory record may include a territory with no share at all. The
    text allows it, to show a place in the chain; the first edit of SPT rejects it (W8).
    """

    version: Version = Version.V22
    zero_territories: bool = False

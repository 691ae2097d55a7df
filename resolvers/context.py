"""What a resolver may reach."""

from dataclasses import dataclass, field
from typing import Any

from loaders import Loaders


@dataclass(slots=True)
class Context:
    """One request: its loaders, and nothing that could skip a layer.

    `field_spans` belongs to `schema.fields`: the open span of each relation's path.
    """

    loaders: Loaders
    field_spans: dict[tuple[str, ...], Any] = field(default_factory=dict[tuple[str, ...], Any])

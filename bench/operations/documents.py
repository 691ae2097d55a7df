"""The six operations' documents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Operation(StrEnum):
    """One of the six operations that are measured."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"
    Q5 = "q5"
    Q6 = "q6"

    @property
    def document(self) -> str:
        """Its GraphQL document."""
        return (Path(__file__).parent / f"{self.value}.graphql").read_text(encoding="utf-8")

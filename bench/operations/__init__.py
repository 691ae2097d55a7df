"""The six operations: their documents, the variables they run with, and what they must answer."""

from __future__ import annotations

from bench.operations.documents import Operation
from bench.operations.expected import WrongAnswerError, check
from bench.operations.variables import CHOICES, Variables, paged, variables

__all__ = [
    "CHOICES",
    "Operation",
    "Variables",
    "WrongAnswerError",
    "check",
    "paged",
    "variables",
]

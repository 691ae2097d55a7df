"""What processes cost, as the kernel counts it; Linux only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
# User and system time among the fields after the program's name.
_USER: Final = 11
_SYSTEM: Final = 12


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has taken so far, all its threads together."""
    _, _, fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")
    values = fields.split()
    return (int(values[_USER]) + int(values[_SYSTEM])) / _TICKS


def memory_mb(pid: int) -> float:
    """Return how much memory a process holds now."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that run still."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text(encoding="utf-8").split()]

"""A file system small enough to be filled, and what fills it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from ingest.reports import Silent

SIZE_MB: Final = 100


@contextmanager
def small_disk(mount_point: Path) -> Generator[Path]:
    """Yield a file system of a few megabytes, in memory; skip where none can be mounted."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("A file system to fill can be mounted by root only.")
    mount_point.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(mount_point)]
    made = subprocess.run([mount, *options], capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments.
    if made.returncode != 0:
        pytest.skip(f"No file system to fill can be mounted here: {made.stderr.strip()}")
    try:
        yield mount_point
    finally:
        subprocess.run([unmount, "--lazy", str(mount_point)], check=True)  # noqa: S603 - as above.


class Filling(Silent):
    """Progress that fills the disk, but for some room, after a few batches."""

    def __init__(self, disk: Path, *, room: int, after: int) -> None:
        self.position = 0
        self._disk = disk
        self._ballast: list[Path] = []
        self._room = room
        self._left = after

    def advanced(self, file: Path, *, records: int, facts: int) -> None:
        """Note what is acknowledged; fill the disk when it is time."""
        del file, facts
        self.position = records
        self._left -= 1
        if self._left == 0:
            self.fill()

    def fill(self) -> None:
        """Take all that is left, but for the room."""
        found = os.statvfs(self._disk)
        ballast = self._disk / f"ballast{len(self._ballast)}"
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, found.f_bavail * found.f_frsize - self._room)
        self._ballast.append(ballast)

    def free(self) -> None:
        """Give the space back."""
        for ballast in self._ballast:
            ballast.unlink()

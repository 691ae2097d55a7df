"""What goes out, checked as what comes in is: read again, record by record, and held to W1–W11."""

from __future__ import annotations

from collections.abc import Sequence

from standards.cwr.faults import Fault
from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.rules import Profile, broken
from standards.cwr.transactions import Transaction


def faults_of(lines: Sequence[str], version: Version) -> list[Fault]:
    """Return what is wrong with the lines of one transaction, its header first."""
    faults: list[Fault] = []
    read = [
        LAYOUTS[version][line[:3]].read(line.rstrip(), at, faults)
        for at, line in enumerate(lines, 1)
    ]
    header, *details = read or [None]
    if header is None:
        return faults
    records = [each for each in details if each is not None]
    transaction = Transaction(line=1, header=header, details=records)
    return [*faults, *broken(transaction, Profile(version=version))]

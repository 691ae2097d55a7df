"""What a party is in a registration that did not name it: its role, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.catalogues import RegisteredRow
from graph.newcomers import KnownRow
from standards.cwr.codes import PUBLISHER_ROLES, WRITER_ROLES

PUBLISHERS: Final = frozenset({"SPU", "OPU"})
OWNERS: Final = frozenset({"E", "AQ"})

_WRITERS: Final = {"COMPOSER": "C", "LYRICIST": "A", "WRITER": "CA", "ARRANGER": "AR"}
_PUBLISHERS: Final = {"ORIGINAL_PUBLISHER": "E", "ADMINISTRATOR": "AM", "SUB_PUBLISHER": "SE"}
# PA, an income participant, may be either: who comes to be named so is taken for a publisher.
_CREATORS: Final = WRITER_ROLES - PUBLISHER_ROLES
_IP: Final = 9
_NUMBERS: Final = ("ip", "ipi_name", "ipi_base", "pr_society", "mr_society", "sr_society")
_CAPITAL: Final = re.compile("([A-Z])")


def is_writer(role: str) -> bool:
    """Say whether a role is one of writers."""
    return role in _CREATORS


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Parties that a registration comes to name: by id, and whose catalogue is written."""

    party: str
    known: Mapping[str, KnownRow]

    def role(self, claim: RegisteredRow) -> str:
        """Return in which role a party claims: a person without any is a writer."""
        role = claim.role or ""
        role = _WRITERS.get(role) or _PUBLISHERS.get(role) or role
        if role in PUBLISHER_ROLES or role in WRITER_ROLES:
            return role
        return "CA" if self.known[claim.party_id].kind == "PERSON" else "E"

    def said(self, party: str, record: str, role: str) -> dict[str, Any]:
        """Return what a record says of a party: what the submitter says elsewhere, or else what we know."""
        row = self.known[party]
        told = snake(row.said or {})
        said: dict[str, Any] = {
            "name": row.name,
            "ip": party[:_IP].upper(),
            "ipi_name": row.ipi_name,
            "ipi_base": row.ipi_base,
        }
        names = _NUMBERS
        if ("WR" in told.get("record", "")) == ("WR" in record):
            names = (*_NUMBERS, "name", "first_name")
        said |= {name: told[name] for name in names if told.get(name)}
        return {**said, "record": record, "role": role}


def snake(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties by the names of a record's fields."""
    return {_CAPITAL.sub(lambda found: "_" + found[1].lower(), name): said[name] for name in said}

"""W9: who wrote the work, and whether that fits its version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from standards.cwr.faults import CwrRule, Fault
from standards.cwr.rules.profile import Profile
from standards.cwr.rules.totals import total
from standards.cwr.works import Holder, Work

_CREATORS: Final = frozenset({"A", "C", "CA"})
_ADAPTERS: Final = frozenset({"AD", "AR", "SA", "SR", "TR"})
# Public domain, as societies write it in a writer's name, and the IPI name number that stands for it.
_PUBLIC_NAMES: Final = frozenset({"DP", "PD", "PUBLIC DOMAIN", "DOMAINE PUBLIC"})
_PUBLIC_IPI: Final = "00039657154"


def writers_and_version(work: Work, profile: Profile) -> Iterator[Fault]:
    """W9: a creator; an adapter of what is modified, and only of that; no PR in the public domain."""
    del profile
    for said in _said(work):
        yield Fault(CwrRule.W9, work.header.line, work.header.type, said)


def _said(work: Work) -> Iterator[str]:
    roles = {writer.role for writer in work.writers}
    if not work.writers:
        yield "it has no writer"
        return
    if not roles & _CREATORS:
        yield "no writer is its composer or author"
    version = work.header.text("version")
    if version == "MOD" and not roles & _ADAPTERS:
        yield "it is a modified version, and nobody modified it"
    if version == "ORI" and roles & _ADAPTERS:
        yield f"it is original, and a writer is {', '.join(sorted(roles & _ADAPTERS))}"
    if all(_public(writer) for writer in work.writers) and total(work.holders, "PR"):
        yield "all writers are in the public domain, and performing right is owned"


def _public(writer: Holder) -> bool:
    name = writer.record.text("name") or ""
    ipi = writer.record.text("ipi_name") or ""
    return name in _PUBLIC_NAMES or ipi.zfill(11) == _PUBLIC_IPI

"""Messages to test with: the real files, and ones written record by record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.transactions import Transaction, transactions
from standards.cwr.values import Value

FILES: Final = Path(__file__).parent / "files"
NAMES: Final = sorted(path.name for path in FILES.iterdir() if path.suffix != ".tsv")

Written = tuple[str, dict[str, Value]]

WORK: Final[dict[str, Value]] = {
    "title": "A SONG",
    "number": "W1",
    "category": "POP",
    "recorded": "Y",
    "version": "ORI",
}

Shares = dict[str, int]
WHOLE: Final[Shares] = {"pr_share": 5000, "mr_share": 10000, "sr_share": 10000}


def nwr(kind: str = "NWR", **values: Value) -> Written:
    """Return a work's header."""
    return kind, {**WORK, **values}


def spu(
    ip: str = "P1",
    role: str = "E",
    chain: int = 1,
    shares: Shares | None = None,
    **values: Value,
) -> Written:
    """Return a controlled publisher; an original one owns its half unless told otherwise."""
    owned = shares if shares is not None else WHOLE if role == "E" else {}
    own: dict[str, Value] = {"ip": ip, "name": f"PUBLISHER {ip}", "role": role, "chain": chain}
    return "SPU", {**own, **owned, **values}


def opu(ip: str = "O1", chain: int = 2, shares: Shares | None = None) -> Written:
    """Return an original publisher that the submitter does not control; it owns what it is told."""
    return "OPU", spu(ip, chain=chain, shares=shares or {})[1]


def spt(
    ip: str = "P1",
    tis: int = 2136,
    inclusion: str = "I",
    shares: Shares | None = None,
    **values: Value,
) -> Written:
    """Return where a publisher collects; its half unless told otherwise."""
    said = shares if shares is not None else WHOLE if inclusion == "I" else {}
    own: dict[str, Value] = {"ip": ip, "territory": tis, "inclusion": inclusion}
    return "SPT", {**own, **said, **values}


def swr(ip: str = "C1", role: str = "CA", shares: Shares | None = None, **values: Value) -> Written:
    """Return a controlled writer, with half of the performing right unless told otherwise."""
    owned = {"pr_share": 5000} if shares is None else shares
    return "SWR", {"ip": ip, "name": f"WRITER {ip}", "role": role, **owned, **values}


def swt(ip: str = "C1", tis: int = 2136, shares: Shares | None = None) -> Written:
    """Return where a writer collects."""
    owned = {"pr_share": 5000} if shares is None else shares
    return "SWT", {"ip": ip, "territory": tis, "inclusion": "I", **owned}


def pwr(writer: str | None = "C1", publisher: str = "P1", chain: int = 1) -> Written:
    """Return who publishes a writer."""
    name = f"PUBLISHER {publisher}"
    return "PWR", {"publisher": publisher, "publisher_name": name, "writer": writer, "chain": chain}


def song(kind: str = "NWR", **values: Value) -> list[Written]:
    """Return a whole registration that keeps every rule."""
    return [nwr(kind, **values), spu(), spt(), swr(), swt(), pwr()]


def lines(
    *works: Sequence[Written],
    version: Version = Version.V22,
    created: str = "2026-01-02",
    sender: str = "000000199",
    group: str = "NWR",
    character_set: str | None = None,
) -> list[str]:
    """Return a whole message of transactions, counted rightly."""
    layouts = LAYOUTS[version]
    header: dict[str, Value] = {
        "sender_type": "PB",
        "sender": sender,
        "sender_name": "THE SENDER",
        "standard": "01.10",
        "created": created,
        "version": version.value,
        "character_set": character_set,
    }
    number = {Version.V21: "02.10", Version.V22: "02.20", Version.V30: "03.00"}[version]
    opened = {"transaction_type": group, "group": 1, "version": number}
    found = [layouts["HDR"].write(header, 0, 0, []), layouts["GRH"].write(opened, 0, 0, [])]
    for transaction, work in enumerate(works):
        for sequence, (kind, values) in enumerate(work):
            found.append(layouts[kind].write(values, transaction, sequence, []))
    totals: dict[str, Value] = {"groups": 1, "transactions": len(works), "records": len(found)}
    found.append(layouts["GRT"].write(totals, 0, 0, []))
    found.append(layouts["TRL"].write({**totals, "records": len(found) + 1}, 0, 0, []))
    return found


def message(
    *works: Sequence[Written],
    created: str = "2026-01-02",
    sender: str = "000000199",
    encoding: str = "ascii",
    character_set: str | None = None,
) -> bytes:
    """Return a message of 2.2 as a file has it."""
    text = lines(*works, created=created, sender=sender, character_set=character_set)
    return "\r\n".join(text).encode(encoding)


def read(text: Iterable[str] | bytes) -> list[Transaction]:
    """Return the transactions of a message."""
    raw = text if isinstance(text, bytes) else "\n".join(text).encode("latin-1")
    return list(transactions(enumerate(raw.split(b"\n"), 1)))


def one(*work: Written, version: Version = Version.V22) -> Transaction:
    """Return one registration, read back."""
    [found] = read(lines(work, version=version, group=work[0][0]))
    assert not found.faults
    return found

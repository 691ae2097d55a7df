"""A CWR file of any length, made from a seed: what publishers' files are like, and every rule kept."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from standards.cwr.layouts import LAYOUTS
from standards.cwr.records import Version
from standards.cwr.values import Value
from standards.identifiers.check_digits import ipi_name

_LAYOUTS: Final = LAYOUTS[Version.V22]
_WORDS: Final = (
    "MIDNIGHT",
    "RIVER",
    "ECHO",
    "GOLDEN",
    "WINTER",
    "PAPER",
    "CITY",
    "HOLLOW",
    "SILVER",
)
_PUBLISHERS: Final = 200
_WRITERS: Final = 5_000
_SUB_PUBLISHED: Final = 0.3


def cwr_lines(seed: int, works: int) -> Iterator[str]:
    """Yield the lines of a file of 2.2 with that many works, with their ends."""
    records = transactions = 0
    for line, header in _lines(random.Random(seed), works):  # noqa: S311 - a benchmark, no secret.
        records += 1
        transactions += header
        yield line + "\r\n"
    group = {"groups": 1, "transactions": transactions, "records": records}
    yield _LAYOUTS["GRT"].write(group, 0, 0, []) + "\r\n"
    yield _LAYOUTS["TRL"].write({**group, "records": records + 2}, 0, 0, []) + "\r\n"


def _lines(chance: random.Random, works: int) -> Iterator[tuple[str, bool]]:
    yield _line("HDR", **_HEADER), False
    yield _line("GRH", transaction_type="NWR", group=1, version="02.20"), False
    for number in range(works):
        for at, (kind, values) in enumerate(_work(chance, number)):
            yield _LAYOUTS[kind].write(values, number, at, []), kind == "NWR"


_HEADER: Final[dict[str, Value]] = {
    "sender_type": "PB",
    "sender": "000000199",
    "sender_name": "GENERATED MUSIC",
    "standard": "01.10",
    "created": "2026-01-02",
    "version": "2.2",
    "revision": 1,
}


def _work(chance: random.Random, number: int) -> Iterator[tuple[str, dict[str, Value]]]:
    title = " ".join(chance.choices(_WORDS, k=3))
    yield (
        "NWR",
        {
            "title": f"{title} {number}",
            "number": f"W{number:09d}",
            "category": "POP",
            "recorded": "Y",
            "version": "ORI",
            "grand_rights": "N",
            "duration": chance.randrange(90, 400),
        },
    )
    publisher = _party("P", chance.randrange(_PUBLISHERS))
    name = f"PUBLISHER {publisher['ip']}"
    whole: dict[str, Value] = {"pr_share": 5000, "mr_share": 10000, "sr_share": 10000}
    yield "SPU", {**publisher, "chain": 1, "name": name, "role": "E", **whole}
    yield "SPT", _territory(publisher, 2136, "I", 1, whole)
    if chance.random() < _SUB_PUBLISHED:
        yield "SPT", _territory(publisher, 276, "E", 2, {})
        sub = _party("S", chance.randrange(_PUBLISHERS))
        yield "SPU", {**sub, "chain": 1, "name": f"SUB-PUBLISHER {sub['ip']}", "role": "SE"}
        yield "SPT", _territory(sub, 276, "I", 1, whole)
    writers = chance.choice((1, 1, 2, 3))
    for at in range(writers):
        writer = _party("C", chance.randrange(_WRITERS))
        part: dict[str, Value] = {"pr_share": 5000 // writers + (at < 5000 % writers)}
        last, first = f"WRITER {writer['ip']}", chance.choice(_WORDS)
        yield "SWR", {**writer, "name": last, "first_name": first, "role": "CA", **part}
        yield "SWT", _territory(writer, 2136, "I", 1, part)
        link: dict[str, Value] = {"publisher": publisher["ip"], "publisher_name": name}
        yield "PWR", {**link, "writer": writer["ip"], "chain": 1}
    if chance.random() < 0.5:  # noqa: PLR2004 - every other work has another title.
        yield "ALT", {"title": f"{title} ALIAS {number}", "title_type": "AT"}


def _party(kind: str, at: int) -> dict[str, Value]:
    digits = f"{ord(kind) * 1_000_000 + at:09d}"
    return {"ip": f"{kind}{at:08d}", "ipi_name": digits + ipi_name(digits)}


def _territory(
    party: dict[str, Value], tis: int, inclusion: str, at: int, shares: dict[str, Value]
) -> dict[str, Value]:
    place: dict[str, Value] = {"territory": tis, "inclusion": inclusion, "territory_sequence": at}
    return {"ip": party["ip"], "shares_change": "N", **place, **shares}


def _line(kind: str, **values: Value) -> str:
    return _LAYOUTS[kind].write(values, 0, 0, [])

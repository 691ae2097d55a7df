"""Which claims of a message are of the line that people wrote in, and which of them count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from graph.lines import Hold, Said, holds, land, released

ROOT: Final = Said.of(
    [
        "p",
        "P",
        "1",
        False,
        {
            "id": "root",
            "right": "PR",
            "kind": "OWNERSHIP",
            "share": 2_500,
            "territories": ["2136"],
            "role": "E",
            "chain": "first/1",
            "status": "SUPERSEDED",
            "recordedTo": "then",
        },
    ]
)


def told(id_: str, chain: str | None = "1", role: str | None = "E", **more: Any) -> Said:
    """Return a claim of the next message; of so much in so many countries."""
    share, where = more.pop("share", 2_500), more.pop("where", ROOT.countries)
    content = share, where, None, None, role
    claim = replace(ROOT, id=id_, chain=chain, content=content, status="ASSERTED", stands=True)
    return replace(claim, order="2", last=True, **more)


def written(id_: str = "mine", **more: Any) -> Said:
    """Return what people wrote in the place of the root: another share, unless told otherwise."""
    claim = told(id_, share=more.pop("share", 4_000), continues="root", **more)
    return replace(claim, order=None, last=False)


US: Final = frozenset({840})
NOT_US: Final = ROOT.countries - US


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ([told("a"), told("b", "2")], ["a"]),
        ([told("a", "2"), told("b", "3", "AQ")], ["a"]),
        ([told("a", "2", "AQ"), told("b", "1", "AQ")], ["b"]),
        ([told("a", "2", "AQ"), told("b", "3", "AQ")], ["a", "b"]),
        ([told("a", where=US), told("b", where=NOT_US)], ["a", "b"]),
        ([told("a", party="q"), told("b", right="MR"), told("c", kind="COLLECTION")], []),
    ],
)
def test_a_line_is_found_by_chain_and_role_as_far_as_there_are_such(
    message: list[Said], expected: list[str]
) -> None:
    """Another party, right or kind is never of it."""
    assert [each.id for each in Hold(ROOT, (written(),)).of(message)] == expected
    verdicts = land([ROOT, written()], message).verdicts
    assert [each.claim.id for each in verdicts if each.yields_to] == expected


def test_what_people_wrote_elsewhere_is_left_alone() -> None:
    """Of two scopes only the one that people wrote of yields; a claim of both yields as a whole."""
    root = replace(ROOT, content=(2_500, US, None, None, "E"))
    mine = written(where=US)
    apart = land([root, mine], [told("a", where=US), told("b", where=NOT_US)])
    assert [bool(each.yields_to) for each in apart.verdicts] == [True, False]
    assert [bool(each.yields_to) for each in land([root, mine], [told("a")]).verdicts] == [True]
    assert land([root, mine], [told("a", where=NOT_US)]).left_out == [Hold(root, (mine,))]


def test_a_dispute_gives_way_and_goes_on() -> None:
    """The message's claim says what it revises; without such a claim the dispute ends."""
    mine = written(share=2_500, status="DISPUTED")
    landed = land([ROOT, mine], [told("a", share=4_000)])
    assert landed.ended == [mine]
    [verdict] = landed.verdicts
    assert (verdict.disputed, verdict.revises, verdict.yields_to) == (True, "mine", [])
    assert land([ROOT, mine], []).ended == [mine]


def test_what_was_withdrawn_is_refused_with_what_it_replaced() -> None:
    """Whatever else the message says stands."""
    gone = written(status="WITHDRAWN", stands=False)
    for share, expected in ((4_000, True), (2_500, True), (5_000, False)):
        [verdict] = land([ROOT, gone], [told("a", share=share)]).verdicts
        assert (verdict.withdrawn, verdict.yields_to) == (expected, [])


def test_a_message_waits_for_all_that_keeps_it_out() -> None:
    """It is released by the last record that stands in its way, and by none where anything was sold."""
    other = replace(ROOT, id="other")
    mine, second = written(), replace(written("second"), continues="other")
    waits = replace(told("a", yields_to=("root", "other")), status="SUPERSEDED", stands=False)
    every = [ROOT, other, mine, second, waits]
    assert len(holds(every)) == 3
    assert released(every, "mine") == []
    gone = replace(second, status="WITHDRAWN", stands=False)
    assert released([ROOT, other, mine, gone, waits], "mine") == [waits]
    sold = replace(mine, id="sold", party="q", stands=False)
    assert released([ROOT, other, mine, gone, sold, waits], "mine") == []
    taken = replace(mine, id="taken", continues="a")
    assert released([ROOT, other, mine, gone, waits, taken], "mine") == []
    older = replace(waits, last=False)
    assert released([ROOT, other, mine, gone, older], "mine") == []

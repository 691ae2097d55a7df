"""Lists of claims and agreements in time: in force on a day, and as they stood at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.claiming import (
    AssertClaim,
    Deed,
    DisputeClaim,
    EndAgreement,
    RecordAgreement,
    ReviseClaim,
    WithdrawAgreement,
    WithdrawClaim,
)
from graph.errors import CommandRefused
from graph.facts import ClaimFact
from graph.journal import Attribution, Journal, Ref
from schema.ids import global_id, key_of
from tests.integration.accounts.people import Word
from tests.integration.claiming.oracle import DAYS, PERIODS, held
from tests.integration.claiming.rights import asset_id, party_id
from tests.integration.claiming.test_sequences import ANALYST, FORGET, terms
from tests.reads.graphs import write

if TYPE_CHECKING:
    from graph.journal import Command
    from tests.integration.claiming.rights import Rights

WORLD: Final = (("2136",), ())
LISTS: Final = {
    "claims": ("Recording", "take"),
    "party": ("Party", "ann"),
    "assigned": ("Party", "ann"),
    "acquired": ("Party", "bob"),
}
"""Each list that is asked, of whom: of a recording, and of parties."""
ASKED: Final = """query (
  $id: ID!, $status: ClaimStatus, $at: Date, $known: DateTime, $first: Int, $after: String
) { node(id: $id) { %s(
  status: $status, at: $at, knownAt: $known, first: $first, after: $after
) { totalCount pageInfo { hasNextPage endCursor } nodes { id share status recordedTo validTo } } } }"""
FIELDS: Final = {
    "claims": "... on Recording { them: claims",
    "party": "... on Party { them: claims",
    "assigned": "... on Party { them: agreementsAssigned",
    "acquired": "... on Party { them: agreementsAcquired",
}
STORED: Final = """
MATCH (record)
WHERE record:Claim OR record:Agreement
RETURN collect([head(labels(record)), record.id, record.status, record.recordedTo IS NULL,
  record.validFrom, record.validTo]) AS rows
"""


async def page(rights: Rights, name: str, **given: Any) -> dict[str, Any]:
    """Return a page of a list, planned and on graphql-core alike."""
    label, key = LISTS[name]
    text = ASKED % FIELDS[name] + " }"
    variables = {"id": global_id(label, key), **given}
    planned = (await rights.people.ask(text, **variables)).data
    assert (await rights.people.ask.through_loaders(text, **variables)).data == planned
    return planned["node"]["them"]


async def pages(rights: Rights, name: str, **given: Any) -> list[dict[str, Any]]:
    """Return all of a list, two at a time."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        part = await page(rights, name, first=2, after=after, **given)
        found += part["nodes"]
        if not part["pageInfo"]["hasNextPage"]:
            assert part["totalCount"] == len(found)
            return found
        after = part["pageInfo"]["endCursor"]


def made(kind: str, at: int, known: list[str]) -> Command | None:
    """Return a change: of one of the records that are known, by a number."""
    period = PERIODS[at % len(PERIODS)]
    if kind == "ASSERT":
        return AssertClaim(ANALYST, Ref("Recording", "take"), "ann", terms(100 + at, WORLD, period))
    if kind == "AGREE":
        deed = Deed(
            assignor="ann",
            kept=10_000 - at,
            acquirers=[("bob", at)],
            kind="ASSIGNMENT",
            territories=("2136",),
            valid_from=period[0],
            valid_to=period[1],
        )
        return RecordAgreement(deed)
    if not known:
        return None
    id_ = known[at % len(known)]
    return {
        "REVISE": lambda: ReviseClaim(ANALYST, id_, {"share": at}),
        "WITHDRAW": lambda: WithdrawClaim(ANALYST, id_),
        "DISPUTE": lambda: DisputeClaim(ANALYST, id_),
        "END": lambda: EndAgreement(id_, DAYS[at % len(DAYS)]),
        "TAKE_BACK": lambda: WithdrawAgreement(id_),
    }[kind]()


CLAIMING: Final = ("ASSERT", "ASSERT", "REVISE", "WITHDRAW", "DISPUTE")
AGREEING: Final = ("AGREE", "AGREE", "END", "TAKE_BACK")


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    taken=st.lists(
        st.tuples(st.sampled_from([*CLAIMING, *AGREEING]), st.integers(0, 50)),
        min_size=4,
        max_size=10,
    )
)
async def test_what_stood_is_listed_as_it_stood(
    rights: Rights, taken: list[tuple[str, int]]
) -> None:
    """At each instant just the records that stood then, in their status, whatever became of them since."""
    await rights.graph.write("forget", [(text, {}) for text in FORGET])
    journal = Journal(rights.graph)
    stood: dict[str, list[list[Any]]] = {}
    for kind, at in taken:
        label = "Claim" if kind in CLAIMING else "Agreement"
        standing = await rights.graph.read("stored", STORED)
        known = sorted(each[1] for each in standing if each[0] == label and each[3])
        command = made(kind, at, known)
        if command is None:
            continue
        try:
            done = await journal.run(command, Attribution(actor="a"))
        except CommandRefused:
            continue
        stored = await rights.graph.read("stored", STORED)
        stood[done.changes[0].at] = [each for each in stored if each[3]]
    await journal.close()
    for instant, records in stood.items():
        for name in LISTS:
            label = "Claim" if name in {"claims", "party"} else "Agreement"
            for day in (None, DAYS[2]):
                for status in (None, "DISPUTED"):
                    wanted = {
                        (global_id(label, id_), was)
                        for label_, id_, was, _, since, until in records
                        if label_ == label
                        and (day is None or held((since, until), day))
                        and status in (None, was)
                    }
                    found = await pages(rights, name, known=instant, at=day, status=status)
                    assert {(each["id"], each["status"]) for each in found} == wanted
                    assert len(found) == len(wanted)
                    assert all(each["recordedTo"] is None for each in found)


async def test_what_is_not_asked_in_time_is_all(rights: Rights) -> None:
    """Without an instant all that were ever recorded are listed, as they are now."""
    first = await rights.claimed("take", "ann", 6_000, validTo="2020-01-01")
    second = await rights.does("reviseClaim", "claim { id }", id=first, share=7_000)
    assert [(each["id"], each["status"]) for each in await pages(rights, "claims")] == [
        (first, "SUPERSEDED"),
        (second["claim"]["id"], "ASSERTED"),
    ]
    assert await pages(rights, "claims", at="2020-01-01") == []
    assert len(await pages(rights, "party", at="2019-12-31")) == 2
    found = await pages(rights, "claims", at="2019-12-31", status="SUPERSEDED")
    assert [each["id"] for each in found] == [first]


async def test_pages_of_the_past_stay(rights: Rights) -> None:
    """What changes between two pages is in neither."""
    ids = [await rights.claimed("take", "ann", share) for share in (1_000, 2_000, 3_000)]
    text = "{ changes(last: 1) { nodes { at } } }"
    known = (await rights.people.ask(text)).data["changes"]["nodes"][0]["at"]
    first = await page(rights, "claims", first=1, known=known)
    await rights.does("withdrawClaim", "claim { id }", id=ids[1])
    await rights.does("reviseClaim", "claim { id }", id=ids[2], share=10)
    await rights.claimed("take", "ann", 2_500)
    after = first["pageInfo"]["endCursor"]
    rest = await page(rights, "claims", known=known, after=after)
    told = [*first["nodes"], *rest["nodes"]]
    assert [each["id"] for each in told] == ids
    assert {each["status"] for each in told} == {"ASSERTED"}
    assert (first["totalCount"], rest["totalCount"]) == (3, 3)


async def test_a_loaded_record_stood_as_it_is_told(rights: Rights) -> None:
    """A disputed one that its source ended was disputed; one of which nobody knows when is in no past."""
    fact: dict[str, Any] = {
        "asset": "Recording",
        "asset_id": "take",
        "party_id": "ann",
        "right": "MASTER",
        "kind": "OWNERSHIP",
        "share": 4_000,
        "territories": ("2136",),
    }
    ended: dict[str, Any] = {"status": "SUPERSEDED"}
    await write(
        rights.graph,
        [
            ClaimFact(id="unknown", **fact, **ended),
            ClaimFact(id="stands", **fact),
        ],
    )
    stands = [each["id"] for each in await pages(rights, "claims", known="2999-01-01T00:00:00Z")]
    assert stands == [global_id("Claim", "stands")]
    assert await pages(rights, "claims", known="1999-01-01T00:00:00") == []
    text = """MATCH (claim:Claim {id: 'unknown'})
SET claim.recordedTo = datetime('2999-01-02T00:00:00Z'), claim.stoodAs = 'DISPUTED'"""
    await rights.graph.write("ended", [(text, {})])
    found = await pages(rights, "claims", known="2999-01-01T00:00:00Z", status="DISPUTED")
    assert [(each["id"], each["status"]) for each in found] == [
        (global_id("Claim", "unknown"), "DISPUTED")
    ]
    assert await pages(rights, "claims", known="2999-01-02T00:00:00Z", status="DISPUTED") == []


async def test_the_past_is_within_mandates_too(rights: Rights) -> None:
    """A rightsholder sees of the past what it sees of now: what is within a mandate in force today."""
    people = rights.people
    agency = await people.organisation("ada")
    await rights.does(
        "grantMandate",
        "mandate { id }",
        organisationId=agency,
        partyId=party_id("ann"),
        rights=[Word("MASTER")],
        territories=["DE"],
    )
    seen = await rights.claimed("take", "ann", 1_000, territories=["DE"])
    await rights.claimed("take", "ann", 1_000, territories=["US"])
    await rights.claimed("take", "bob", 1_000, territories=["DE"])
    text = "{ changes(last: 1) { nodes { at } } }"
    before = (await people.ask(text)).data["changes"]["nodes"][0]["at"]
    await rights.does("withdrawClaim", "claim { id }", id=seen)
    over = (await people.ask(text)).data["changes"]["nodes"][0]["at"]
    for known, ids in ((None, [seen]), (before, [seen]), (over, [])):
        given = f'knownAt: "{known}"' if known else "first: 9"
        text = (
            f'{{ recording(id: "{asset_id("take")}") {{ claims({given}) {{ nodes {{ id }} }} }} }}'
        )
        answer = await people.asks("ada", text)
        nodes = answer.data["recording"]["claims"]["nodes"]
        assert [key_of("Claim", each["id"]) for each in nodes] == [
            key_of("Claim", each) for each in ids
        ]

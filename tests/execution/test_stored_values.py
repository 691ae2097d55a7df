"""What is stored and no answer's value: a defect of ours, never the caller's input."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from schema.ids import global_id
from schema.ownership import ExactShare
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from tests.execution.ways import Ways


async def test_an_integer_of_more_than_32_bits_is_a_defect(ways: Ways) -> None:
    """Both ways mask it: the value is nobody's business, and no request made it."""
    text = "query ($id: ID!) { recording(id: $id) { lengthMs } }"
    operation = Operation(text=text, variables={"id": global_id("Recording", "zr0")})
    for response in (await ways.stock(operation), await ways.planned(operation)):
        assert response["data"] == {"recording": {"lengthMs": None}}
        [error] = response["errors"]
        assert error["extensions"]["code"] == "INTERNAL"
        assert "3000000000" not in str(error)


def test_a_fraction_of_any_length_is_told() -> None:
    """Python itself writes no integer of more than 4,300 digits."""
    share = ExactShare(exact=Fraction(10_000, 10**6_000))
    assert share.fraction() == "1/1" + "0" * 6_000

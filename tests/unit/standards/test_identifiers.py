from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.identifiers import InvalidCode, Scheme, check_digits, parse
from standards.identifiers.site_forms import SITE_FORMS

# From MusicBrainz web-service responses (CC0 core data).
MUSICBRAINZ = {
    Scheme.ISRC: ("CBCEG8100001", "DEF056201641", "GBAHS1400099", "GBAYE9701376", "GBBKS1700108"),
    Scheme.ISWC: (
        "T-070.004.177-5",
        "T-070.145.904-2",
        "T-070.178.113-6",
        "T-070.222.179-1",
        "T-071.851.242-5",
        "T-902.818.206-1",
    ),
    Scheme.IPI_NAME: (
        "00001749311",
        "00006457004",
        "00125641983",
        "00486473119",
        "00600664284",
        "00639236529",
    ),
    Scheme.ISNI: (
        "0000000053112920",
        "0000000055221311",
        "0000000110203432",
        "000000012099408X",
        "0000000121407211",
        "0000000364434564",
    ),
    Scheme.ICPN: ("0028948100323", "0077774600125", "0602488600743", "011105992527"),
    Scheme.MBID: ("a74b1b7f-71a5-4011-9441-d0b5e4122711",),
    Scheme.LABEL_CODE: ("1056", "107", "24514"),
}
# From CWR 2.1, 2.2 and 3.0 sample files (MIT).
CWR = {
    Scheme.ISWC: ("T1234567894", "T0123456789"),
    Scheme.IPI_NAME: ("00000000199", "00000000297", "00000000395", "199"),
    Scheme.IPI_BASE: ("I-123456789-3", "I-000000229-7"),
    Scheme.ISRC: ("JM-K40-14-00002",),
}
# From a Discogs dump (CC0), as its users typed them.
DISCOGS = {Scheme.ICPN: ("074646362822", "0 9362-47555-2 4", "7 961220 922684", "7 52743 00531 5")}
REAL = [
    (scheme, raw)
    for source in (MUSICBRAINZ, CWR, DISCOGS)
    for scheme, values in source.items()
    for raw in values
]


@pytest.mark.parametrize(("scheme", "raw"), REAL)
def test_real_identifiers_are_valid(scheme: Scheme, raw: str) -> None:
    """Identifiers that others published pass, and their raw text is kept."""
    found = parse(scheme, raw)
    assert found.valid
    assert found.reason is None
    assert found.raw == raw


@pytest.mark.parametrize(
    ("scheme", "raw", "value", "display"),
    [
        (Scheme.ISRC, "us-skg-19-12345", "USSKG1912345", "US-SKG-19-12345"),
        (Scheme.ISRC, "ISRC US SKG 19 12345", "USSKG1912345", "US-SKG-19-12345"),
        (Scheme.ISWC, "T-034.524.680-1", "T0345246801", "T-034.524.680-1"),
        (Scheme.ISWC, "t 0345246801", "T0345246801", "T-034.524.680-1"),
        (Scheme.IPI_NAME, "199", "00000000199", "00000000199"),
        (Scheme.IPI_BASE, "I1234567893", "I-123456789-3", "I-123456789-3"),
        (Scheme.ISNI, "0000 0001 2281 955x", "000000012281955X", "0000 0001 2281 955X"),
        (Scheme.ISNI, "https://isni.org/isni/000000012281955X", "000000012281955X",
         "0000 0001 2281 955X"),
        (Scheme.ICPN, "7 52743 00531 5", "00752743005315", "752743005315"),
        (Scheme.ICPN, "0752743005315", "00752743005315", "752743005315"),
        (Scheme.ICPN, "7961220922684", "07961220922684", "7961220922684"),
        (Scheme.ICPN, "73513537", "00000073513537", "73513537"),
        (Scheme.GRID, "a1-2425g-abc1234002-m", "A12425GABC1234002M", "A1-2425G-ABC1234002-M"),
        (Scheme.MBID, "A74B1B7F-71A5-4011-9441-D0B5E4122711",
         "a74b1b7f-71a5-4011-9441-d0b5e4122711", "a74b1b7f-71a5-4011-9441-d0b5e4122711"),
        (Scheme.LABEL_CODE, "LC 0193", "LC00193", "LC 00193"),
        (Scheme.LABEL_CODE, "193", "LC00193", "LC 00193"),
        (Scheme.CATALOGUE_NUMBER, "  WARP  LP 92 ", "WARP LP 92", "WARP LP 92"),
        (Scheme.WIKIDATA, "q38903", "Q38903", "Q38903"),
        (Scheme.DISCOGS, "artist/45", "artist/45", "artist/45"),
        (Scheme.SPOTIFY, "spotify:track:782PTXsbAWB70ySDZ5NHmP", "track/782PTXsbAWB70ySDZ5NHmP",
         "track/782PTXsbAWB70ySDZ5NHmP"),
        (Scheme.OFFICIAL_HOMEPAGE, "HTTP://Warp.Net:80#top", "http://warp.net/",
         "http://warp.net/"),
    ],
)  # fmt: skip
def test_normal_and_printed_forms(scheme: Scheme, raw: str, value: str, display: str) -> None:
    """Every way of writing an identifier has one value and one printed form."""
    found = parse(scheme, raw)
    assert (found.value, found.display) == (value, display)


@pytest.mark.parametrize(
    ("scheme", "raw", "code"),
    [
        (Scheme.ISRC, "", InvalidCode.EMPTY),
        (Scheme.ISRC, "USRC1234567", InvalidCode.LENGTH),
        (Scheme.ISRC, "USTEST0000001", InvalidCode.LENGTH),
        (Scheme.ISRC, "1SSKG1912345", InvalidCode.FORMAT),
        # "ß" upper-cases to two letters; digits of other scripts are digits to Python.
        (Scheme.ISRC, "ßSKG1912345X", InvalidCode.FORMAT),
        (Scheme.ISRC, "USSKG19" + "\N{ARABIC-INDIC DIGIT TWO}" * 5, InvalidCode.FORMAT),
        (Scheme.ISWC, "T0000100000", InvalidCode.CHECK_DIGIT),
        (Scheme.ISWC, "T0000000009", InvalidCode.ALL_ZEROS),
        (Scheme.ISWC, "0345246801", InvalidCode.LENGTH),
        (Scheme.IPI_NAME, "00000000000", InvalidCode.ALL_ZEROS),
        (Scheme.IPI_NAME, "0", InvalidCode.ALL_ZEROS),
        (Scheme.IPI_NAME, "000000000199", InvalidCode.LENGTH),
        (Scheme.IPI_NAME, "I-123456789-3", InvalidCode.FORMAT),
        # An IPI name number with its digits shifted one place, as real data has them.
        (Scheme.IPI_NAME, "01256419830", InvalidCode.CHECK_DIGIT),
        (Scheme.IPI_BASE, "I-123456789-4", InvalidCode.CHECK_DIGIT),
        (Scheme.ISNI, "0000000000000000", InvalidCode.ALL_ZEROS),
        (Scheme.ISNI, "0000000121407212", InvalidCode.CHECK_DIGIT),
        (Scheme.ISNI, "https://viaf.org/viaf/123", InvalidCode.FORMAT),
        (Scheme.ICPN, "0000000000000", InvalidCode.ALL_ZEROS),
        (Scheme.ICPN, "0123456789", InvalidCode.LENGTH),
        (Scheme.ICPN, "7961220922685", InvalidCode.CHECK_DIGIT),
        (Scheme.GRID, "A1-B2C3D-4E5F6G-H", InvalidCode.LENGTH),
        (Scheme.GRID, "B12425GABC1234002M", InvalidCode.FORMAT),
        (Scheme.DPID, "PADPIDA2014120301", InvalidCode.LENGTH),
        (Scheme.DPID, "PADPIDA202401120D9", InvalidCode.FORMAT),
        (Scheme.MBID, "a74b1b7f71a540119441d0b5e4122711", InvalidCode.FORMAT),
        (Scheme.MBID, "00000000-0000-0000-0000-000000000000", InvalidCode.ALL_ZEROS),
        # Discogs numbers artists, labels and releases apart: a bare number names nothing.
        (Scheme.DISCOGS, "45", InvalidCode.FORMAT),
        (Scheme.CATALOGUE_NUMBER, "WARP\x00", InvalidCode.FORMAT),
        (Scheme.URL, "ftp://warp.net/", InvalidCode.FORMAT),
    ],
)
def test_invalid_identifiers_say_why(scheme: Scheme, raw: str, code: InvalidCode) -> None:
    """An invalid identifier has a stable code and a sentence, and no value to link by."""
    found = parse(scheme, raw)
    assert found.reason is not None
    assert found.reason.code is code
    assert found.reason.sentence.endswith(".")
    assert not found.valid
    assert found.value is None
    assert found.display is None


_NEAR_MISSES = st.one_of(
    st.text(),
    st.text("0123456789 -.XT", max_size=20),
    st.builds("http://{}".format, st.text("aA.:/?#%@[]é ", max_size=20)),
    st.sampled_from([raw for _, raw in REAL]),
)


@given(st.sampled_from(Scheme), _NEAR_MISSES)
def test_any_text_parses_and_normal_forms_are_fixed_points(scheme: Scheme, raw: str) -> None:
    """Parsing never raises, and parsing a value or printed form changes nothing."""
    found = parse(scheme, raw)
    assert (found.value is None) == (found.display is None) == (found.reason is not None)
    if found.value is not None and found.display is not None:
        assert parse(scheme, found.value).value == found.value
        assert parse(scheme, found.display).value == found.value
        found.value.encode()


def _changed(text: str, at: int, to: str) -> str:
    return text[:at] + to + text[at + 1 :]


@given(
    st.integers(1, 999_999_999).map("{:09d}".format),
    st.integers(0, 8),
    st.sampled_from("0123456789"),
)
def test_a_changed_digit_of_iswc_and_ipi_base_is_caught_where_its_weight_allows(
    digits: str, at: int, to: str
) -> None:
    """Weights are the places 1 to 9, modulo 10: only the places prime to 10 are sure."""
    moved = _changed(digits, at, to)
    expected_same = (at + 1) * (int(to) - int(digits[at])) % 10 == 0
    assert (check_digits.iswc(moved) == check_digits.iswc(digits)) == expected_same
    assert (check_digits.ipi_base(moved) == check_digits.ipi_base(digits)) == expected_same
    if at + 1 in (1, 3, 7, 9):
        assert expected_same == (digits == moved)


@given(st.integers(1, 999_999_999), st.integers(0, 10), st.sampled_from("0123456789"))
def test_a_changed_digit_of_an_ipi_name_is_caught(number: int, at: int, to: str) -> None:
    """Remainders 0 and 1 share the check 00, so only numbers with it can escape."""
    digits = f"{number:09d}"
    ipi = digits + check_digits.ipi_name(digits)
    assert parse(Scheme.IPI_NAME, ipi).valid
    moved = _changed(ipi, at, to)
    if moved != ipi and not ipi.endswith("00"):
        assert not parse(Scheme.IPI_NAME, moved).valid


@given(st.integers(1, 10**15 - 1), st.integers(0, 15), st.sampled_from("0123456789X"))
def test_a_changed_character_of_an_isni_is_caught(number: int, at: int, to: str) -> None:
    """ISO 7064 mod 11-2 catches every single error."""
    digits = f"{number:015d}"
    isni = digits + check_digits.isni(digits)
    assert parse(Scheme.ISNI, isni).valid
    moved = _changed(isni, at, to)
    assert parse(Scheme.ISNI, moved).valid == (moved == isni)


@given(
    st.integers(1, 10**12 - 1),
    st.sampled_from([7, 11, 12, 13]),
    st.integers(0, 13),
    st.sampled_from("0123456789"),
)
def test_a_changed_digit_of_a_barcode_is_caught(number: int, size: int, at: int, to: str) -> None:
    """The GS1 check digit catches every single error, at every length."""
    digits = f"{number % 10**size or 1:0{size}d}"
    barcode = digits + check_digits.gtin(digits)
    found = parse(Scheme.ICPN, barcode)
    assert found.valid
    moved = _changed(barcode, at % len(barcode), to)
    assert parse(Scheme.ICPN, moved).valid == (moved == barcode)


@given(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=15, max_size=15),
    st.integers(2, 17),
    st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_a_changed_character_of_a_grid_is_caught(body: str, at: int, to: str) -> None:
    """ISO 7064 mod 37,36 catches every single error."""
    grid = f"A1{body}"
    grid += check_digits.mod_37_36_character(grid)
    assert parse(Scheme.GRID, grid).valid
    moved = _changed(grid, at, to)
    assert parse(Scheme.GRID, moved).valid == (moved == grid)


@given(st.integers(1, 10**10 - 1))
def test_a_dpid_is_checked_over_all_its_characters(number: int) -> None:
    """The check character of a DPID covers its prefix too."""
    body = f"PADPIDA{number:010d}"
    check = check_digits.mod_37_36_character(body)
    assert parse(Scheme.DPID, body + check).value == body + check
    wrong = "1" if check != "1" else "2"
    found = parse(Scheme.DPID, body + wrong)
    assert found.reason is not None
    assert found.reason.code is InvalidCode.CHECK_DIGIT


@pytest.mark.parametrize("scheme", SITE_FORMS)
def test_the_form_that_is_wanted_is_shown_by_a_valid_example(scheme: Scheme) -> None:
    """Whoever gives something else is told what the scheme's identifiers look like."""
    found = parse(scheme, "not this!")
    assert found.reason
    _, _, example = found.reason.sentence.removesuffix(".").partition("such as ")
    assert parse(scheme, example).value == example

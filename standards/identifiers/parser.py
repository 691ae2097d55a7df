"""Parsing: the one way from raw text to an identifier."""

from __future__ import annotations

from typing import Final

from standards.identifiers.identifier import (
    Identifier,
    InvalidCode,
    InvalidReason,
    Normal,
    Outcome,
)
from standards.identifiers.rules import NUMBER_RULES
from standards.identifiers.schemes import Scheme
from standards.identifiers.site_forms import SITE_EXAMPLES, SITE_FORMS, site_value
from standards.identifiers.sites import recognise
from standards.identifiers.urls import Address, address

_MAX_LENGTH: Final = 2048
_WHOLE_ADDRESSES: Final = frozenset({Scheme.URL, Scheme.OFFICIAL_HOMEPAGE})
_FROM_ADDRESS: Final = frozenset({*SITE_FORMS, Scheme.ISNI, Scheme.MBID})


def parse(scheme: Scheme, raw: str) -> Identifier:
    """Return the identifier that ``raw`` is under a scheme's rule; it never raises.

    Schemes that live on a site take the site's address as well as the bare value. Parsing a
    normal form again yields the same normal form.
    """
    return _identifier(scheme, raw, _outcome(scheme, raw))


def from_url(url: str) -> Identifier | None:
    """Return the outside identity a web address names, or None if it names none we know.

    An address of a known shape whose number fails its check comes back invalid, as evidence.
    """
    web = address(url)
    found = recognise(web) if web else None
    if found is None:
        return None
    scheme, text = found
    return _identifier(scheme, url, _text_outcome(scheme, text))


def _identifier(scheme: Scheme, raw: str, outcome: Outcome) -> Identifier:
    normal = outcome if isinstance(outcome, Normal) else None
    return Identifier(
        scheme=scheme,
        raw=raw,
        value=normal.value if normal else None,
        display=normal.display if normal else None,
        reason=outcome if isinstance(outcome, InvalidReason) else None,
    )


def _outcome(scheme: Scheme, raw: str) -> Outcome:
    if not raw.strip():
        return InvalidReason(InvalidCode.EMPTY, "There is no identifier in this text.")
    if len(raw) > _MAX_LENGTH:
        return InvalidReason(InvalidCode.LENGTH, "No identifier is this long.")
    web = address(raw)
    if scheme in _WHOLE_ADDRESSES:
        return _whole(web)
    if web is None or scheme not in _FROM_ADDRESS:
        return _text_outcome(scheme, raw)
    found = recognise(web)
    if found is None or found[0] is not scheme:
        return InvalidReason(InvalidCode.FORMAT, f"This address names no {scheme}.")
    return _text_outcome(scheme, found[1])


def _whole(web: Address | None) -> Outcome:
    if web is None:
        return InvalidReason(InvalidCode.FORMAT, "A web address begins with http or https.")
    return Normal(web.normal(), web.normal())


def _text_outcome(scheme: Scheme, text: str) -> Outcome:
    if rule := NUMBER_RULES.get(scheme):
        return rule(text)
    value = site_value(scheme, text)
    if value is None:
        sentence = f"This is not of the form that {scheme} has, such as {SITE_EXAMPLES[scheme]}."
        return InvalidReason(InvalidCode.FORMAT, sentence)
    return Normal(value, value)

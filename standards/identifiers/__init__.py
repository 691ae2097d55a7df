"""Outside identifiers: one parser for every scheme, and identity read from web addresses.

Nothing here raises on bad input. An invalid identifier is evidence to keep, so it comes back
with its raw text and the reason it fails, and with no value to link by.
"""

from __future__ import annotations

from standards.identifiers.identifier import Identifier, InvalidCode, InvalidReason
from standards.identifiers.parser import from_url, parse
from standards.identifiers.schemes import Scheme

__all__ = ["Identifier", "InvalidCode", "InvalidReason", "Scheme", "from_url", "parse"]

"""The listed values that are checked, as CISAC's lookup tables have them."""

from __future__ import annotations

from typing import Final


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGREEMENT_ROLES: Final = _listed("AC AS")
AGREEMENT_TYPES: Final = _listed("OG OS PG PS")
CATEGORIES: Final = _listed("JAZ POP SER UNC")
COMPOSITES: Final = _listed("COS MED POT UCO")
DATE_STATUSES: Final = _listed("A D N O")
EXCERPTS: Final = _listed("MOV UEX")
INCLUSIONS: Final = _listed("E I")
# I, a mere information, is in no table, and societies send it.
LEVELS: Final = _listed("E F G I R T")
LYRICS: Final = _listed("ADL MOD NEW NON ORI REP TRA UNS")
ARRANGEMENTS: Final = _listed("ADM ARR NEW ORI UNS")
PUBLISHER_ROLES: Final = _listed("AM AQ E ES PA SE")
PURPOSES: Final = _listed("COM FIL GEN LIB MUL RAD TEL THR VID")
RIGHTS: Final = _listed("ALL MEC PER SYN")
STATUSES: Final = _listed("AC AS CO DU NP RA RC RJ")
TEXT_MUSIC: Final = _listed("MTX MUS TXT")
TITLES: Final = _listed("AL AT ET FT IT OL OT PT RT TE TT")
TRANSACTIONS: Final = _listed("ACK AGR COP EXC ISR ISW NWR REV WRK")
VERSIONS: Final = _listed("MOD ORI")
WRITER_ROLES: Final = _listed("A AD AR C CA PA SA SR TR")
XREFS: Final = _listed("P R V W")

"""Made-up names."""

from __future__ import annotations

from typing import Final

from ingest.generated.chance import chance


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST: Final = _words(
    "Ada Bruno Chiara Dmitri Elif Femi Greta Hiro Ines Jonas Kofi Lena Mateo Nadia Olu Petra "
    "Quentin Rosa Søren Tomás Uma Viktor Wanjiku Ximena Yusuf Zoë"
)
_LAST: Final = _words(
    "Almeida Brandt Castellanos Dvořák Eriksen Fontaine Grünwald Hoxha Ivanov Johansson Kowalski "
    "Lindqvist Moreau Nakamura Okafor Pereira Quispe Rossi Sato Tanaka Ueda Varga Weiss Xu Yavuz "
    "Zhang"
)
_ADJECTIVES: Final = _words(
    "Amber Broken Crimson Distant Electric Fading Golden Hollow Infinite Jade Kindred Lonesome "
    "Midnight Northern Open Paper Quiet Restless Silver Tidal Unseen Velvet Wild Young"
)
_NOUNS: Final = _words(
    "Anthem Bridges Canyon Dream Echo Fields Garden Harbour Island Journey Kites Lanterns Mirrors "
    "Nights Orchard Parade Queens Rivers Signals Tides Umbrella Valley Waves Years"
)
_TRADES: Final = ("Music Publishing", "Songs", "Records", "Editions", "Music Group", "Rights")


def person(seed: int, *key: str | int) -> str:
    """Return a person's name."""
    source = chance(seed, "person", *key)
    return f"{source.choice(_FIRST)} {source.choice(_LAST)}"


def act(seed: int, *key: str | int) -> str:
    """Return the name of an artist."""
    source = chance(seed, "act", *key)
    if source.random() < 0.4:  # noqa: PLR2004 - two of five perform under a person's name.
        return f"{source.choice(_FIRST)} {source.choice(_LAST)}"
    return f"The {source.choice(_ADJECTIVES)} {source.choice(_NOUNS)}"


def title(seed: int, *key: str | int) -> str:
    """Return the title of a song or an album."""
    source = chance(seed, "title", *key)
    return f"{source.choice(_ADJECTIVES)} {source.choice(_NOUNS)} {source.randint(1, 999)}"


def company(seed: int, *key: str | int) -> str:
    """Return the name of an organisation."""
    source = chance(seed, "company", *key)
    first = source.choice(_ADJECTIVES + _LAST)
    return f"{first} {source.choice(_NOUNS)} {source.choice(_TRADES)}"

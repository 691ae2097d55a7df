"""Who may have something, as settings say it: everybody, nobody, or who has one of some roles."""

from __future__ import annotations

from typing import Any, Final

from resolvers.permission import PUBLIC, Needs, Role

Gate = bool | frozenset[Role]

NONE: Final = "none"

_WORDS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_ROLES: Final = {role.value: role for role in Role}


def read_gate(given: Any) -> Any:
    """Return what a setting says: `true`, `false`, or roles; raises ValueError."""
    if not isinstance(given, str):
        return given
    word = _WORDS.get(given.strip().lower())
    return read_roles(given, "`true`, `false`, or ") if word is None else word


def read_roles(given: Any, others: str = "") -> Any:
    """Return the roles of a setting, with commas between them; raises ValueError, with what else goes."""
    if not isinstance(given, str):
        return given
    names = [name for each in given.split(",") if (name := each.strip())]
    if not names or not all(name in _ROLES for name in names):
        raise ValueError(f"must be {others}roles with commas between them, of {', '.join(_ROLES)}")
    return frozenset(_ROLES[name] for name in names)


def needs_of(gate: Gate) -> Needs | None:
    """Return the roles that a gate is open to: none of them for everybody; None for nobody."""
    if isinstance(gate, bool):
        return PUBLIC if gate else None
    return gate

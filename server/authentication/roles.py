"""The roles that a token's claims grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from resolvers.permission import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCOPE_PREFIX: Final = "content-graph:"

_KNOWN: Final = {role.value: role for role in Role}


def roles_of(claims: Mapping[str, Any], claim: str) -> frozenset[Role]:
    """Return the roles of the claim so named, and of scopes `content-graph:ROLE`; others are not ours.

    The name is one claim's, or a path with dots to one inside another (`realm_access.roles`).
    """
    told = {*_words(_found(claims, claim)), *_scopes(claims.get("scope"))}
    return frozenset(_KNOWN[word] for word in told if word in _KNOWN)


def _found(claims: Mapping[str, Any], claim: str) -> Any:
    if claim in claims:
        return claims[claim]
    value: Any = claims
    for name in claim.split("."):
        value = cast("Mapping[str, Any]", value).get(name) if isinstance(value, dict) else None
    return value


def _words(told: Any) -> Iterator[str]:
    """Yield the words of a list, or of a text with spaces between them."""
    if isinstance(told, str):
        yield from told.split()
    elif isinstance(told, list):
        yield from (each for each in cast("list[Any]", told) if isinstance(each, str))


def _scopes(told: Any) -> Iterator[str]:
    for scope in _words(told):
        if scope.startswith(SCOPE_PREFIX):
            yield scope.removeprefix(SCOPE_PREFIX)

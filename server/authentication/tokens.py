"""A token held against the keys and the name of its issuer, by the rules of RFC 8725."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import jwt

from server.authentication.keys import ALGORITHMS, LONGEST_KEY_ID
from server.request_errors import InvalidTokenError

if TYPE_CHECKING:
    from server.authentication.keys import Key

LEEWAY_SECONDS: Final = 30
REQUIRED: Final = ("iss", "aud", "exp", "sub")
# Required unless an issuer is known to leave it out.
NOT_BEFORE: Final = "nbf"
LONGEST_SUBJECT: Final = 255
# Other kinds of JWT, such as those that end a session, are signed by the same keys.
TYPES: Final = frozenset({"jwt", "at+jwt"})

_WHY: Final[dict[type[Exception], str]] = {
    jwt.ExpiredSignatureError: "The token has expired.",
    jwt.ImmatureSignatureError: "The token is not valid yet.",
    jwt.InvalidIssuerError: "The token is of another issuer.",
    jwt.InvalidAudienceError: "The token is for another service.",
    jwt.MissingRequiredClaimError: "The token lacks one of the claims iss, aud, exp, nbf and sub.",
    jwt.InvalidSignatureError: "The token's signature is not its issuer's.",
}
_WRONG: Final = "The token is no JWT that this server understands."


def key_of(token: str) -> tuple[str, str]:
    """Return the id of the key that a token says it is signed with, and the algorithm.

    Both are only looked up, among known ids and algorithms. What a header says of keys and
    addresses (`jwk`, `jku`, `x5u`) is not read. Raises InvalidTokenError.
    """
    try:
        header: dict[str, Any] = jwt.get_unverified_header(token)
    except Exception:  # noqa: BLE001 - whatever a stranger's bytes raise, they are no token.
        raise InvalidTokenError(_WRONG) from None
    algorithm, name, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise InvalidTokenError("The token is signed by an algorithm that is not accepted.")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_KEY_ID:
        raise InvalidTokenError("The token does not say which key it is signed with.")
    if "crit" in header or "b64" in header:
        raise InvalidTokenError("The token wants an extension that is not understood.")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in TYPES:
        raise InvalidTokenError("The token is of a kind that grants no access.")
    return name, algorithm


def verified(  # noqa: PLR0913 - all but the token and its key are told by name.
    token: str, algorithm: str, key: Key, *, issuer: str, audience: str, begins: bool = True
) -> dict[str, Any]:
    """Return the claims of a token that its issuer made, for this service and this time.

    It has to say when it begins (`nbf`) unless `begins` is false; what it says counts either way.
    Raises InvalidTokenError, with words that repeat nothing of the token.
    """
    if algorithm not in key.algorithms:
        raise InvalidTokenError("The token's key is not for the token's algorithm.")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.public,
            algorithms=[algorithm],
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY_SECONDS,
            options={"require": [*REQUIRED, NOT_BEFORE] if begins else list(REQUIRED)},
        )
    except Exception as error:  # noqa: BLE001 - as above.
        raise InvalidTokenError(_WHY.get(type(error), _WRONG)) from None
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise InvalidTokenError(_WRONG)
    return claims

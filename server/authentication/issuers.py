"""Those whose tokens are believed, and what a token of theirs says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from graph.ids import mint
from resolvers.permission import Viewer
from server.authentication.development import KEY_ID_PREFIX, DevelopmentIssuer
from server.authentication.fetching import Published
from server.authentication.key_sets import KeySet, KeysUnavailableError
from server.authentication.roles import roles_of
from server.authentication.tokens import key_of, verified
from server.request_errors import InvalidTokenError, IssuerUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.authentication.keys import Key
    from server.settings import Settings


# What a date may be, and still fit a float.
_FAR: Final = 2**53
_ELSEWHERE: Final = (
    " It was made over another data folder: give the server's to `content-graph token` as `--data`."
)


class Issuer(Protocol):
    """One who makes tokens."""

    name: str
    audience: str
    roles_claim: str
    nbf_required: bool

    async def key(self, name: str) -> Key | None:
        """Return the issuer's key of an id, or None; raises KeysUnavailableError."""
        ...

    async def close(self) -> None:
        """Let go of what is under way."""
        ...


class OpenIDIssuer:
    """An OpenID Connect issuer, by its name, and the name that it has for this service."""

    def __init__(
        self, name: str, audience: str, roles_claim: str, keys: KeySet, *, nbf_required: bool = True
    ) -> None:
        self.name = name
        self.audience = audience
        self.roles_claim = roles_claim
        self.nbf_required = nbf_required
        self._keys = keys

    async def key(self, name: str) -> Key | None:
        """Return the issuer's key of an id, or None; raises KeysUnavailableError."""
        return await self._keys.get(name)

    async def close(self) -> None:
        """Give up what is being fetched."""
        await self._keys.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What a token proves, and until when, in seconds since 1970."""

    issuer: str
    viewer: Viewer
    until: float


class Issuers:
    """The issuers that a server believes."""

    def __init__(self, issuers: Sequence[Issuer]) -> None:
        self._issuers = issuers

    async def proved(self, token: str) -> Proved:
        """Return what a token proves; raises InvalidTokenError and IssuerUnavailableError."""
        name, algorithm = key_of(token)
        for issuer in self._issuers:
            try:
                key = await issuer.key(name)
            except KeysUnavailableError:
                raise IssuerUnavailableError(
                    "The token cannot be checked: its issuer's keys cannot be had. Try again later."
                ) from None
            if key is not None:
                claims = verified(
                    token,
                    algorithm,
                    key,
                    issuer=issuer.name,
                    audience=issuer.audience,
                    begins=issuer.nbf_required,
                )
                return _proved(claims, issuer)
        if not self._issuers:
            raise InvalidTokenError("This server takes no tokens.")
        hint = _ELSEWHERE if name.startswith(KEY_ID_PREFIX) else ""
        raise InvalidTokenError(
            f"The token is signed with a key that its issuer does not publish.{hint}"
        )

    async def close(self) -> None:
        """Let go of what is under way."""
        for issuer in self._issuers:
            await issuer.close()


def _proved(claims: dict[str, Any], issuer: Issuer) -> Proved:
    subject: str = claims["sub"]
    viewer = Viewer(
        subject=subject,
        roles=roles_of(claims, issuer.roles_claim),
        user=mint("user", issuer.name, subject),
    )
    return Proved(issuer=issuer.name, viewer=viewer, until=min(int(claims["exp"]), _FAR))


def issuers_of(settings: Settings) -> Issuers:
    """Return the issuers that the settings name, and in development this machine's own."""
    issuers: list[Issuer] = []
    if settings.development:
        issuers.append(DevelopmentIssuer(settings.data))
    if settings.issuer:
        keys = KeySet(Published(issuer=settings.issuer, jwks_url=settings.jwks_url))
        issuers.append(
            OpenIDIssuer(
                settings.issuer,
                settings.audience,
                settings.roles_claim,
                keys,
                nbf_required=settings.nbf_required,
            )
        )
    return Issuers(issuers)

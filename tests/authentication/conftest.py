"""The whole application over a small schema, with an issuer beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from pydantic import SecretStr

from server.settings import Profile, Settings
from tests.authentication.issuing import AUDIENCE, issuing
from tests.http.asking import NOWHERE, client_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    import httpx

    from tests.authentication.issuing import Issuer


@pytest_asyncio.fixture
async def issuer() -> AsyncGenerator[Issuer]:
    """Yield an issuer whose server answers."""
    async with issuing() as issuer:
        yield issuer


@pytest.fixture
def settings_for(issuer: Issuer, tmp_path: Path) -> Callable[..., Settings]:
    """Return what makes the settings of a server that takes the issuer's tokens."""

    def make(**given: Any) -> Settings:
        known: dict[str, Any] = {
            "issuer": issuer.name,
            "audience": AUDIENCE,
            "jwks_url": issuer.jwks_url,
            "data": tmp_path,
        }
        return Settings(**{**known, **given})

    return make


@pytest.fixture
def production_for(settings_for: Callable[..., Settings]) -> Callable[..., Settings]:
    """Return what makes such settings for production."""

    def make(**given: Any) -> Settings:
        password = SecretStr("correct horse")
        return settings_for(profile=Profile.PRODUCTION, uri=NOWHERE.uri, password=password, **given)

    return make


@pytest_asyncio.fixture
async def server(settings_for: Callable[..., Settings]) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of a development server that takes the issuer's tokens."""
    async with client_of(settings_for()) as client:
        yield client

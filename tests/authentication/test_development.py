"""Tokens of this machine: made by a command, taken in development, refused in production."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from typer.testing import CliRunner

from resolvers.permission import Role
from server.authentication.development import ISSUER, KEY_FILE, sign
from server.cli import app
from server.settings import Settings
from tests.authentication.asking import ask, assert_refused, data
from tests.http.asking import client_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

HELLO = {"hello": "Hello, world"}


def command(data: Path, *arguments: str) -> Any:
    """Run `content-graph token`."""
    return CliRunner().invoke(app, ["token", "--data", str(data), *arguments])


async def test_a_token_is_made_and_taken(server: httpx.AsyncClient, tmp_path: Path) -> None:
    """By a server that was there before the key was."""
    made = command(tmp_path, "--role", "rights_analyst", "--role", "viewer", "--subject", "me")
    assert made.exit_code == 0
    token = made.stdout.strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["iss"], claims["sub"]) == (ISSUER, "me")
    assert claims["roles"] == ["rights_analyst", "viewer"]
    assert claims["exp"] - claims["iat"] == 8 * 3_600
    assert data(await ask(server, token)) == HELLO


async def test_no_issuer_is_needed(tmp_path: Path) -> None:
    """A development server takes them by itself, and other tokens not."""
    async with client_of(Settings(data=tmp_path)) as client:
        assert data(await ask(client, sign(tmp_path, "me", [], 1))) == HELLO
        other = sign(tmp_path / "elsewhere", "me", [Role.ADMIN], 1)
        assert_refused(await ask(client, other), other)


async def test_production_does_not_take_them(
    production_for: Callable[..., Settings], tmp_path: Path
) -> None:
    """With an issuer or without, though the key lies in its folder."""
    token = sign(tmp_path, "me", [Role.ADMIN], 1)
    for given in ({}, {"issuer": "", "audience": "", "jwks_url": ""}):
        async with client_of(production_for(**given)) as client:
            assert_refused(await ask(client, token), token)


def test_production_does_not_make_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And makes no key."""
    monkeypatch.setenv("CONTENT_GRAPH_PROFILE", "production")
    monkeypatch.setenv("CONTENT_GRAPH_URI", "embedded")
    made = command(tmp_path)
    assert made.exit_code == 2
    assert "CONTENT_GRAPH_PROFILE" in made.stderr
    assert not (tmp_path / KEY_FILE).exists()


def test_the_key_is_its_owners(tmp_path: Path) -> None:
    """It is made once, readable by nobody else, and nothing else is left in the folder."""
    folder = tmp_path / "not" / "there"
    first, second = command(folder), command(folder)
    assert first.exit_code == second.exit_code == 0
    names = [jwt.get_unverified_header(each.stdout.strip())["kid"] for each in (first, second)]
    assert names[0] == names[1]
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert [each.name for each in folder.iterdir()] == [KEY_FILE]


async def test_a_key_that_others_can_read_counts_for_nothing(
    server: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Whoever read it could be anybody."""
    token = sign(tmp_path, "me", [Role.ADMIN], 1)
    (tmp_path / KEY_FILE).chmod(0o640)
    assert_refused(await ask(server, token), token)
    made = command(tmp_path)
    assert made.exit_code == 2
    assert "chmod 600" in made.stderr


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_broken_key_is_told(tmp_path: Path, content: bytes) -> None:
    """With what to do."""
    path = tmp_path / KEY_FILE
    path.write_bytes(content)
    path.chmod(0o600)
    made = command(tmp_path)
    assert made.exit_code == 2
    assert "remove it" in made.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--role", "emperor"], ["--hours", "0"], ["--hours", "1000"], ["--subject", " "]],
)
def test_what_cannot_be_made(tmp_path: Path, arguments: list[str]) -> None:
    """Roles that there are not, tokens of no time or for ever, and of nobody."""
    assert command(tmp_path, *arguments).exit_code == 2
    assert not (tmp_path / KEY_FILE).exists()

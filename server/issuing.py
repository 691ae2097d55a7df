"""`content-graph token`: a token for a development server on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from resolvers.permission import Role
from server.authentication.development import KEY_FILE, DevelopmentKeyError, sign
from server.authentication.tokens import LONGEST_SUBJECT
from server.exits import Exit, fail, stderr
from server.settings import SettingsError, load_settings

MOST_HOURS: Final = 24 * 30


def token(
    role: Annotated[
        list[Role] | None, typer.Option(help="What the bearer may do; any number of them.")
    ] = None,
    subject: Annotated[str, typer.Option(help="Who the bearer is.")] = "developer",
    hours: Annotated[
        float, typer.Option(min=0.01, max=MOST_HOURS, help="How long it is valid.")
    ] = 8.0,
    data: Annotated[
        Path | None, typer.Option(help="The server's data folder, which has the key.")
    ] = None,
) -> None:
    """Print a token that a development server over the same data folder takes."""
    try:
        settings = load_settings(**({} if data is None else {"data": data}))
    except SettingsError as error:
        fail(str(error), Exit.USAGE)
    if not settings.development:
        fail("CONTENT_GRAPH_PROFILE: production takes tokens of its issuer only.", Exit.USAGE)
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        fail(f"--subject: must have 1 to {LONGEST_SUBJECT} characters.", Exit.USAGE)
    key = (settings.data / KEY_FILE).absolute()
    known = key.exists()
    try:
        typer.echo(sign(settings.data, subject, role or [], hours))
    except DevelopmentKeyError as error:
        fail(str(error), Exit.USAGE)
    if not known:
        text = f"The key {key} is new: only a server over this folder takes its tokens."
        stderr.print(text, markup=False, highlight=False, soft_wrap=True)

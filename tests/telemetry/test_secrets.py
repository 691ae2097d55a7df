"""Tokens are written nowhere: not in spans, logs or errors."""

from __future__ import annotations

import logging
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import pytest
import structlog
from pydantic import SecretStr

from resolvers.permission import Role
from server.authentication.development import KEY_FILE, sign
from server.observability import configure_logs
from server.settings import Profile, Settings
from tests.authentication.asking import ask
from tests.authentication.issuing import AUDIENCE, issuing
from tests.http.asking import NOWHERE, client_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    import httpx
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

QUERIES = ("{ hello }", "{ defect }", "{ tooLarge }", "{ hallo }", "{ unavailable }")
# The client of these tests tells what it asks by `httpx`, and is not the server.
LOGGERS = ("uvicorn", "httpcore", "neo4j", "asyncio", "content_graph")


@pytest.fixture
def logs() -> Generator[StringIO]:
    """Yield all that the server and its libraries have to say, as a server logs it."""
    root, known = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    configure_logs(Settings(log_level="DEBUG"))
    handler = cast("logging.StreamHandler[StringIO]", root.handlers[0])
    written = StringIO()
    handler.setStream(written)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name in (*LOGGERS, "httpx", "opentelemetry.trace.span"):
            logging.getLogger(name).setLevel(logging.NOTSET)
        structlog.configure(**known)


async def test_headers_of_traces_that_are_wrong_fill_no_log(logs: StringIO) -> None:
    """Each would be a line of the caller's own words, or a thousand."""
    parent = f"00-{'a' * 32}-{'b' * 16}-01"
    wrong = (
        {"traceparent": "00-x"},
        {"traceparent": parent, "tracestate": "no member"},
        {"traceparent": parent, "tracestate": ",".join(f"a{n}=b" for n in range(100))},
        {"baggage": "%ff=%ff;;;=,,=,no member"},
    )
    async with client_of(Settings()) as client:
        before = logs.getvalue()
        for headers in wrong:
            answer = await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)
            assert answer.status_code == 200
        assert logs.getvalue() == before


@pytest.mark.parametrize("profile", Profile)
async def test_a_token_is_written_nowhere(
    spans: InMemorySpanExporter, logs: StringIO, tmp_path: Path, profile: Profile
) -> None:
    """Good or bad, whatever is asked with it, and whether its issuer answers or not."""
    answers: list[httpx.Response] = []
    async with issuing() as issuer:
        given: dict[str, Any] = {"issuer": issuer.name, "audience": AUDIENCE, "data": tmp_path}
        password = SecretStr("correct horse")
        settings = Settings(profile=profile, uri=NOWHERE.uri, password=password, **given)
        own = sign(tmp_path, "me", [Role.ADMIN], 1)
        forged = issuer.token("HS256", key=b"a secret that is as long as they have to be")
        tokens = [issuer.token(), issuer.token(exp=0), own, forged]
        async with client_of(settings) as client:
            for token in tokens:
                answers += [await ask(client, token, query) for query in QUERIES]
                address = {"access_token": token, "query": "{ hello }"}
                answers.append(await client.get("/graphql", params=address))
        issuer.status = 500
        (tmp_path / KEY_FILE).chmod(0o644)
        async with client_of(settings) as client:
            answers += [await ask(client, token) for token in tokens]
    traced = "".join(span.to_json() for span in spans.get_finished_spans())
    logged = logs.getvalue()
    told = "".join(answer.text + str(answer.headers) for answer in answers)
    assert '"name": "POST /graphql"' in traced
    assert "unexpected error" in logged
    assert "keys cannot be fetched" in logged
    for secret in {part for token in tokens for part in token.split(".")[1:]}:
        assert secret not in traced
        assert secret not in logged
        assert secret not in told

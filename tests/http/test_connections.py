"""Connections whose other end does as it likes: endless heads, endless requests, other protocols."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from graph.client import connect
from server import connections
from server.app import create_app
from server.service import Service
from server.settings import Settings
from tests.http.asking import NOWHERE
from tests.http.listening import listening_at
from tests.http.small_schema import small_schema

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.types import Receive, Scope, Send

JSON_BODY = b'{"query": "{ hello }"}'
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
ASKED = HEAD + b"content-length: %d\r\n\r\n%b" % (len(JSON_BODY), JSON_BODY)
ANSWER = {"data": {"hello": "Hello, world"}}


class Connected:
    """The other end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def answer(self) -> tuple[int, dict[str, Any]]:
        """Return the status and the body of the next answer."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        body = await self.reader.readexactly(length)
        return int(head.split(b" ", 2)[1]), json.loads(body)

    async def refusal(self) -> tuple[int, str]:
        """Return the status and the code of a refusal after which the server hangs up."""
        status, body = await self.answer()
        assert await self.reader.read() == b""
        return status, body["errors"][0]["extensions"]["code"]


@asynccontextmanager
async def connected(address: str) -> AsyncGenerator[Connected]:
    """Connect to a server that listens there."""
    port = int(address.rsplit(":", 1)[1].partition("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Connected(reader, writer)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@pytest_asyncio.fixture(scope="module")
async def address() -> AsyncGenerator[str]:
    """Serve the small schema."""
    async with connect(NOWHERE) as graph:
        app = create_app(Settings(), service=Service(graph), schema=small_schema)
        async with listening_at(app, ws="none") as address:
            yield f"{address}/graphql"


@pytest.mark.parametrize(
    ("head", "more"),
    [
        (b"POST /graphql HTTP/1.1\r\nhost: x\r\nx: ", b"a" * 10_000),
        (b"POST /graphql HTTP/1.1\r\nhost: x\r\n", b"x: a\r\n" * 1_000),
        (b"GET /graphql?query=", b"a" * 10_000),
    ],
)
async def test_a_head_without_end_is_refused(address: str, head: bytes, more: bytes) -> None:
    """One long value, many headers, a long address: each is cut off soon after the limit."""
    async with connected(address) as client:
        client.writer.write(head)
        for _ in range(connections.MOST_HEAD_BYTES // len(more) + 2):
            client.writer.write(more)
        assert await client.refusal() == (431, "HEADERS_TOO_LARGE")


async def test_a_large_head_is_taken(address: str) -> None:
    """A document of 15,000 characters comes by GET, each of its characters written as three."""
    document = "%20" * 14_990 + "%7Bhello%7D"
    async with connected(address) as client:
        client.writer.write(f"GET /graphql?query={document} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        assert await client.answer() == (200, ANSWER)


async def test_a_head_comes_in_time_or_not_at_all(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the second one of a connection; who sends nothing at all is hung up on."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.1)
    async with connected(address) as client:
        client.writer.write(HEAD)
        assert await client.refusal() == (408, "REQUEST_TIMEOUT")
    async with connected(address) as client:
        client.writer.write(ASKED + HEAD)
        assert await client.answer() == (200, ANSWER)
        assert await client.refusal() == (408, "REQUEST_TIMEOUT")
    async with connected(address) as client:
        assert await client.reader.read() == b""


@pytest.mark.parametrize("size", [1, 7, 1_000, 1_000_000])
async def test_requests_that_come_together_are_answered_in_order(address: str, size: int) -> None:
    """However their bytes are cut; bodies of every length among them."""
    names = [str(number) * (1 + number * 97 % 5_000) for number in range(60)]
    sent = b""
    for name in names:
        query = {"query": "query ($n: String!) { hello(name: $n) }", "variables": {"n": name}}
        body = json.dumps(query).encode()
        sent += HEAD + b"content-length: %d\r\n\r\n%b" % (len(body), body)
    sent = sent if size > 10 else sent[:20_000]
    async with connected(address) as client:

        async def send() -> None:
            for start in range(0, len(sent), size):
                client.writer.write(sent[start : start + size])
                await client.writer.drain()

        sending = asyncio.create_task(send())
        for name in names if size > 10 else names[:3]:
            assert await client.answer() == (200, {"data": {"hello": f"Hello, {name}"}})
        await sending


async def test_requests_are_not_read_far_ahead_of_answers() -> None:
    """What comes stays with its sender while answers are not taken; all are answered at last."""
    size = 10_000

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await asyncio.sleep(0.001)
        headers = [(b"content-length", b"%d" % size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * size})

    request = b"GET / HTTP/1.1\r\nhost: x\r\nx: %b\r\n\r\n" % (b"a" * 3_960)
    loop = asyncio.get_running_loop()
    async with listening_at(app, lifespan="off") as address:
        port = int(address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.settimeout(0)
            sent = waited = 0
            while waited < 50:
                try:
                    sent += client.send((request * 100)[sent % len(request) :])
                    waited = 0
                except BlockingIOError:
                    waited += 1
                await asyncio.sleep(0.002)  # The server runs in the same loop.
                assert sent < 50_000_000
            answered = sent // len(request)
            left = request[sent % len(request) :]
            taken = 0
            while taken < answered * size:
                taken += (await loop.sock_recv(client, 1_000_000)).count(b"x")
            assert answered > 100
            await loop.sock_sendall(client, left)


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket", b"x"])
@pytest.mark.parametrize("cut", [0, 20, len(HEAD) + 30])
async def test_an_upgrade_that_is_not_served_is_passed_over(
    address: str, upgrade: bytes, cut: int
) -> None:
    """The request is answered with its body, as clients that would rather speak HTTP/2 expect."""
    asks = b"connection: Upgrade, HTTP2-Settings\r\nupgrade: %b\r\n" % upgrade
    length = b"content-length: %d\r\n\r\n%b" % (len(JSON_BODY), JSON_BODY)
    chunked = b"transfer-encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
        len(JSON_BODY),
        JSON_BODY,
    )
    async with connected(address) as client:
        for framing in (length, chunked):
            sent = HEAD + asks + framing
            client.writer.write(sent[:cut])
            await client.writer.drain()
            await asyncio.sleep(0)
            client.writer.write(sent[cut:] + ASKED)
            for _ in range(2):
                assert await client.answer() == (200, ANSWER)
        get = b"GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nhost: x\r\n" + asks + b"\r\n"
        client.writer.write(get + get)
        for _ in range(2):
            assert await client.answer() == (200, ANSWER)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"HELLO\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\nx y: z\r\n\r\n",
        HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 10 + b"\xff HTTP/1.1\r\nhost: x\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_refused_in_json(address: str, sent: bytes) -> None:
    """And the server hangs up: where the next request would begin, nobody knows."""
    async with connected(address) as client:
        client.writer.write(sent)
        assert await client.refusal() == (400, "BAD_REQUEST")


async def test_an_answer_that_nobody_takes_is_given_up() -> None:
    """Some seconds after it was made, whether the connection was to stay or not."""
    made = asyncio.Event()
    size = 50_000_000

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"%d" % size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * size})
        made.set()

    for version in (b"1.1", b"1.0"):
        made.clear()
        async with listening_at(app, lifespan="off", keep_alive_seconds=0) as address:
            port = int(address.rsplit(":", 1)[1])
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.settimeout(0)
                client.send(b"GET / HTTP/%b\r\nhost: x\r\n\r\n" % version)
                await made.wait()
                await asyncio.sleep(0.1)
                taken = 0
                with suppress(ConnectionError):
                    while more := await asyncio.get_running_loop().sock_recv(client, 1_000_000):
                        taken += len(more)
                assert 0 < taken < size

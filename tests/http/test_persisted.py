"""Documents by id: registered by callers, or trusted from a manifest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import pytest_asyncio

from execution.requests import GraphQLRequest
from server.persisted import ManifestError, PersistedDocuments, read_manifest, taken
from server.request_errors import DocumentNotFoundError
from server.settings import Settings, SettingsError, load_settings
from tests.http.asking import GRAPHQL, JSON, client_of, codes, post

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    import httpx

HELLO = '{ hello(name: "by id") }'
ANSWER = {"data": {"hello": "Hello, by id"}}


def sha(text: str) -> str:
    """Return a document's id."""
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(text: str) -> dict[str, Any]:
    """Return the extensions by which Apollo's clients ask for a document."""
    return {"persistedQuery": {"version": 1, "sha256Hash": sha(text)}}


@pytest_asyncio.fixture
async def fresh() -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of an application that knows no documents yet."""
    async with client_of(Settings()) as client:
        yield client


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
async def test_an_unknown_id_is_told_as_apollos_clients_expect(
    fresh: httpx.AsyncClient, accept: str, status: int
) -> None:
    """They look for the code or the message, some only with status 200, and send the text then."""
    response = await post(fresh, accept, extensions=persisted(HELLO))
    assert response.status_code == status
    assert codes(response) == ["PERSISTED_QUERY_NOT_FOUND"]
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_a_document_is_registered_with_its_id_and_then_known(
    fresh: httpx.AsyncClient,
) -> None:
    """By POST and by GET, in both ways to say an id."""
    registering = await post(fresh, query=HELLO, extensions=persisted(HELLO))
    assert registering.json() == ANSWER
    asked = {"extensions": orjson.dumps(persisted(HELLO)).decode()}
    assert (await post(fresh, extensions=persisted(HELLO))).json() == ANSWER
    assert (await post(fresh, documentId=sha(HELLO))).json() == ANSWER
    assert (await post(fresh, documentId=f"sha256:{sha(HELLO)}")).json() == ANSWER
    assert (await fresh.get("/graphql", params=asked)).json() == ANSWER
    assert (await fresh.get("/graphql", params={"documentId": sha(HELLO)})).json() == ANSWER


async def test_an_id_of_another_document_is_refused(fresh: httpx.AsyncClient) -> None:
    """Whether the id is known or not: nobody can put a text under an id that is not its own."""
    for _ in range(2):
        response = await post(fresh, query="{ hello }", extensions=persisted(HELLO))
        assert response.status_code == 400
        assert codes(response) == ["BAD_REQUEST"]
        await post(fresh, query=HELLO, extensions=persisted(HELLO))


@pytest.mark.parametrize("query", ["{ nothing }", "{", "{" + "hello " * 2_000 + "}"])
async def test_what_is_refused_is_not_registered(fresh: httpx.AsyncClient, query: str) -> None:
    """It would take the place of what is used."""
    assert codes(await post(fresh, query=query, extensions=persisted(query)))
    again = await post(fresh, extensions=persisted(query))
    assert codes(again) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_wrong_variables_do_not_keep_a_document_from_being_registered(
    fresh: httpx.AsyncClient,
) -> None:
    """It is valid, whatever it is asked with first."""
    query = "query($name: String!) { hello(name: $name) }"
    first = await post(fresh, query=query, extensions=persisted(query))
    assert codes(first) == ["BAD_USER_INPUT"]
    again = await post(fresh, extensions=persisted(query), variables={"name": "by id"})
    assert again.json() == ANSWER


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": 7},
        {"documentId": ""},
        {"extensions": {"persistedQuery": 7}},
        {"extensions": {"persistedQuery": {}}},
        {"extensions": {"persistedQuery": {"sha256Hash": None}}},
        {"query": "", "documentId": "x"},
        {},
    ],
)
async def test_what_is_no_id_is_a_bad_request(
    fresh: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    """Neither is an empty text, with or without one."""
    response = await post(fresh, **body)
    assert response.status_code == 400
    assert codes(response) == ["BAD_REQUEST"]


def request(**given: Any) -> GraphQLRequest:
    """Return a request as it is read."""
    given = {"query": "", "document_id": None} | given
    return GraphQLRequest(operation_name=None, variables={}, extensions={}, by_get=False, **given)


def test_what_is_registered_is_bounded_by_what_it_takes() -> None:
    """The longest unused one goes."""
    texts = ["{ a_______ }", "{ b }", "{ c }"]
    known = PersistedDocuments(bytes=taken(texts[0]) + taken(texts[1]) + 2 * taken(sha("")))
    for text in texts[:2]:
        known.remember(request(query=text, document_id=sha(text)))
    assert known.resolve(request(document_id=sha(texts[0]))).request.query == texts[0]
    known.remember(request(query=texts[2], document_id=sha(texts[2])))
    with pytest.raises(DocumentNotFoundError):
        known.resolve(request(document_id=sha(texts[1])))
    assert known.resolve(request(document_id=sha(texts[0]))).request.query == texts[0]


@pytest_asyncio.fixture(params=["apollo", "plain"])
async def trusting(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of an application that takes only what a manifest has, of either format."""
    manifest: dict[str, Any] = {"card": HELLO}
    if request.param == "apollo":
        operation = {"id": "card", "name": "Card", "type": "query", "body": HELLO}
        manifest = {"format": "apollo-persisted-query-manifest", "operations": [operation]}
    path = tmp_path / "manifest.json"
    path.write_bytes(orjson.dumps(manifest))
    async with client_of(Settings(documents=path, only_documents=True)) as client:
        yield client


async def test_a_trusted_document_runs_by_its_id_and_by_its_text(
    trusting: httpx.AsyncClient,
) -> None:
    """Whatever id the manifest has for it."""
    assert (await post(trusting, documentId="card")).json() == ANSWER
    assert (await post(trusting, extensions={"persistedQuery": {"sha256Hash": "card"}})).json()
    assert (await post(trusting, query=HELLO)).json() == ANSWER


async def test_nothing_else_runs(trusting: httpx.AsyncClient) -> None:
    """Nor can it be registered."""
    for body in ({"query": "{ hello }"}, {"query": "{ hello }", "documentId": sha("{ hello }")}):
        response = await post(trusting, **body)
        assert response.status_code == 403
        assert codes(response) == ["DOCUMENT_NOT_TRUSTED"]
    unknown = await post(trusting, documentId=sha("{ hello }"))
    assert codes(unknown) == ["PERSISTED_QUERY_NOT_FOUND"]


def test_an_id_of_a_manifest_may_begin_with_the_algorithm() -> None:
    """As some tools write it."""
    known = PersistedDocuments({f"sha256:{sha(HELLO)}": HELLO}, only_trusted=True)
    asked = request(document_id=f"sha256:{sha(HELLO)}")
    assert known.resolve(asked).request.query == HELLO


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "7", '{"format": "apollo-persisted-query-manifest"}', '{"a": 7}', '{"a": {}}'),
        *('{"a": ""}', '{"a": " "}', '{"": "{ hello }"}', '{"a": "{ hello }", "a": "{ again }"}'),
        '{"format": "apollo-persisted-query-manifest", "operations": [7]}',
        """{"format": "apollo-persisted-query-manifest", "operations": [
            {"id": "a", "body": "{ hello }"}, {"id": "a", "body": "{ again }"}]}""",
    ],
)
def test_what_is_no_manifest_is_told(tmp_path: Path, text: str) -> None:
    """In words, with the file's name: an id that stands twice would hide a document."""
    path = tmp_path / "manifest.json"
    path.write_text(text)
    with pytest.raises(ManifestError, match=r"manifest\.json (is|has)"):
        read_manifest(path)
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "nowhere.json")


def test_only_documents_wants_documents() -> None:
    """A server that takes only what it was given has to be given something."""
    with pytest.raises(SettingsError, match="CONTENT_GRAPH_DOCUMENTS"):
        load_settings(only_documents=True)

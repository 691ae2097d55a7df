"""The explorer as a visitor sees it, in a Chromium that reaches nothing but the server."""

from __future__ import annotations

import asyncio
import json
import os
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.async_api import expect

from resolvers.permission import Role
from server.authentication.development import sign
from tests.explorer.browser import NAMES, chromium, chromium_path, visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, Route

    from tests.conftest import Engines
    from tests.explorer.browser import Visit

pytestmark = pytest.mark.timeout(120)

OPERATION_EDITOR = ".graphiql-query-editor .monaco-editor"
RESULT = ".result-window"
HEADERS_EDITOR = '.monaco-editor[data-uri$="request-headers.json"]'

# Everything a page can leave behind for its next visit, as one text.
LEFT_BEHIND = """async () => {
  const databases = [];
  for (const { name } of await indexedDB.databases()) databases.push(name);
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      cached.push(request.url, ...request.headers.values());
    }
  }
  return JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, location.href,
    JSON.stringify(history.state), window.name, databases, cached,
  ]);
}"""

WRITTEN = """async ([key, text]) => {
  while (!localStorage.getItem(key)?.includes(text)) {
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Run one Chromium for all tests."""
    path = chromium_path()
    if path is None:
        message = f"no Chromium on the PATH (looked for {', '.join(NAMES)})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    async with chromium(path) as browser:
        yield browser


@pytest.fixture
async def seen(browser: Browser, server_url: str) -> AsyncIterator[Visit]:
    """Visit as someone new; at the end nothing may have gone outside or gone wrong."""
    async with visit(browser, server_url.rstrip("/")) as seen:
        yield seen
        assert seen.outside == []
        assert seen.complaints == []


async def write(page: Page, editor: str, text: str) -> None:
    """Replace what an editor holds."""
    await page.locator(editor).click()
    await page.keyboard.press("ControlOrMeta+A")
    # Text over a selection can count as typed in Monaco, which then closes the bracket itself.
    await page.keyboard.press("Delete")
    lines = page.locator(f"{editor} .view-lines")
    await expect(lines).to_have_text("")
    await page.keyboard.insert_text(text)
    await expect(lines).to_have_text(text.replace("\n", ""))


async def named(page: Page, name: str) -> None:
    """Wait until the tab takes the operation's name: once the text was parsed, and only then it is sent."""
    await expect(page.locator(".graphiql-tab-active button").first).to_have_text(name)


async def run(seen: Visit) -> dict[str, Any]:
    """Run the operation of the editor and return what the API was asked."""
    sent = len(seen.operations)
    await seen.page.get_by_role("button", name="Execute query").click()
    await expect(seen.page.locator(".result-window")).to_contain_text(re.compile("data|errors"))
    assert len(seen.operations) == sent + 1
    asked: dict[str, Any] = json.loads(seen.operations[-1].post_data or "")
    return asked


async def stored(page: Page, key: str, text: str) -> None:
    """Wait until GraphiQL has written the text under its key; it does so after a pause."""
    # Not `wait_for_function`: it evaluates text inside the page, which the policy forbids.
    async with asyncio.timeout(10):
        await page.evaluate(WRITTEN, [key, text])


async def examples(server_url: str) -> list[dict[str, str]]:
    """Return the examples the server offers."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{server_url}/explorer/examples.json")
    offered: list[dict[str, str]] = answer.json()
    return offered


async def test_a_typed_operation_is_run_and_answered(seen: Visit) -> None:
    """The core of it: type, run, read."""
    await expect(seen.page).to_have_title("Content Graph")
    await write(seen.page, OPERATION_EDITOR, "query Root { kind: __typename }")
    await named(seen.page, "Root")
    asked = await run(seen)
    assert asked["operationName"] == "Root"
    await expect(seen.page.locator(".result-window")).to_contain_text('"kind": "Query"')


async def test_an_unknown_field_is_marked_while_typing(seen: Visit) -> None:
    """Only the language worker, fed with the schema, can know."""
    await write(seen.page, OPERATION_EDITOR, "{ noSuchFieldAnywhere }")
    await expect(seen.page.locator(f"{OPERATION_EDITOR} .squiggly-error")).not_to_have_count(0)


async def test_a_refusal_is_shown_in_the_servers_words(seen: Visit) -> None:
    """A document that fails validation, whatever HTTP status carries that, shows its errors."""
    await write(seen.page, OPERATION_EDITOR, "{ noSuchFieldAnywhere }")
    await run(seen)
    result = seen.page.locator(".result-window")
    await expect(result).to_contain_text("Cannot query field 'noSuchFieldAnywhere'")
    # The browser itself notes a 4xx on the console.
    seen.complaints[:] = [text for text in seen.complaints if "status of 400" not in text]


async def test_a_subscription_is_put_to_the_server(seen: Visit) -> None:
    """The page opens no socket of its own; what the server says of it is shown."""
    sockets: list[str] = []
    seen.page.on("websocket", lambda socket: sockets.append(socket.url))
    await write(seen.page, OPERATION_EDITOR, "subscription Feed { noSuchFieldAnywhere }")
    await run(seen)
    await expect(seen.page.locator(".result-window")).to_contain_text('"message"')
    assert sockets == []
    seen.complaints[:] = [text for text in seen.complaints if "status of 400" not in text]


@pytest.mark.parametrize("accept", [None, "text/event-stream"])
async def test_an_answer_in_parts_is_put_together(seen: Visit, accept: str | None) -> None:
    """Multipart, unless the visitor asks for events; what is shown at last is the whole answer."""
    query = (
        "query Parts { recordings(first: 3) { nodes @stream(initialCount: 1) "
        "{ title ... @defer { lengthMs credits(first: 1) { nodes { role } } } } } }"
    )
    await write(seen.page, OPERATION_EDITOR, query)
    await named(seen.page, "Parts")
    if accept:
        await seen.page.get_by_role("button", name="Headers", exact=True).click()
        await write(seen.page, HEADERS_EDITOR, json.dumps({"Accept": accept}))
    async with seen.page.expect_response("**/graphql") as answering:
        await run(seen)
    response = await answering.value
    media = (await response.all_headers())["content-type"].partition(";")[0]
    assert media == (accept or "multipart/mixed")
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{seen.server_url}/graphql", json={"query": query})
    shown = json.dumps(answer.json(), indent=2, ensure_ascii=False)
    await expect(seen.page.locator(f"{RESULT} .view-lines")).to_have_text(shown.replace("\n", ""))


async def test_an_error_in_a_part_is_shown(seen: Visit) -> None:
    """With its code, beside the rest."""
    query = (
        "query Faulty { recordings(first: 1) { nodes "
        "{ id ... @defer { credits(first: 0) { nodes { role } } } } } }"
    )
    await write(seen.page, OPERATION_EDITOR, query)
    await named(seen.page, "Faulty")
    await run(seen)
    await expect(seen.page.locator(RESULT)).to_contain_text('"code": "BAD_USER_INPUT"')
    await expect(seen.page.locator(RESULT)).to_contain_text('"id":')


async def test_the_events_of_a_subscription_are_shown(seen: Visit) -> None:
    """As graphql-sse's distinct connections send them: the last one stands at the end."""

    async def events(route: Route) -> None:
        told = [b'event: next\ndata: {"data": {"n": %d}}\n\n' % number for number in range(3)]
        body = b":\n\n" + b"".join(told) + b"event: complete\ndata:\n\n"
        await route.fulfill(content_type="text/event-stream", body=body)

    await seen.page.route("**/graphql", events)
    await write(seen.page, OPERATION_EDITOR, "subscription Numbers { n }")
    await named(seen.page, "Numbers")
    await run(seen)
    await expect(seen.page.locator(RESULT)).to_contain_text('"n": 2')
    accepted = await seen.operations[-1].header_value("accept")
    assert accepted
    assert accepted.startswith("text/event-stream, application/graphql-response+json;q=0.9")


async def test_a_new_visitor_finds_the_examples_as_tabs(seen: Visit) -> None:
    """One tab an example, in order, titled by its first line, the first one open."""
    offered = await examples(seen.server_url)
    assert offered
    tabs = seen.page.locator(".graphiql-tab-button")
    await expect(tabs).to_have_text([example["title"] for example in offered])
    open_tab = seen.page.locator(".graphiql-tab-active button").first
    await expect(open_tab).to_have_text(offered[0]["title"])
    await expect(seen.page.locator(OPERATION_EDITOR)).to_contain_text(offered[0]["title"])


async def test_an_example_can_be_fetched_again(seen: Visit) -> None:
    """The panel opens an example in a new tab, also after its first tab was changed."""
    offered = await examples(seen.server_url)
    await write(seen.page, OPERATION_EDITOR, "{ __typename }")
    await seen.page.get_by_role("button", name="Show Examples").click()
    panel = seen.page.get_by_role("region", name="Examples")
    await panel.get_by_role("button", name=offered[0]["title"], exact=True).click()
    tabs = seen.page.locator(".graphiql-tab-button")
    await expect(tabs).to_have_count(len(offered) + 1)
    await expect(tabs.last).to_have_text(offered[0]["title"])
    await expect(seen.page.locator(OPERATION_EDITOR)).to_contain_text(offered[0]["title"])


async def test_own_edits_outlive_a_reload(seen: Visit) -> None:
    """A tab changed comes back changed, and the examples do not return on top."""
    page = seen.page
    tabs = page.locator(".graphiql-tab-button")
    before = await tabs.count()
    await write(page, OPERATION_EDITOR, "# Mine\nquery Kept { __typename }")
    await expect(tabs.first).to_have_text("Mine")
    await stored(page, "graphiql:tabState", "Kept")
    await page.reload()
    await expect(page.locator(OPERATION_EDITOR)).to_contain_text("Kept")
    await expect(tabs.first).to_have_text("Mine")
    await expect(tabs).to_have_count(before)


async def test_the_documentation_opens_on_the_schema(seen: Visit) -> None:
    """Introspection was answered, and the root type can be read."""
    await seen.page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = seen.page.locator(".graphiql-doc-explorer")
    await expect(docs).to_contain_text("Root Types")
    await docs.get_by_role("link", name="Query", exact=True).click()
    await expect(docs.locator(".graphiql-doc-explorer-title")).to_have_text("Query")


async def test_the_query_builder_writes_the_operation(seen: Visit) -> None:
    """A field ticked in the explorer stands in the editor."""
    page = seen.page
    await page.get_by_role("button", name="Show Explorer").click()
    await write(page, OPERATION_EDITOR, "query Built { __typename }")
    builder = page.locator(".graphiql-explorer-root")
    await expect(builder.locator(".graphiql-operation-title-bar input")).to_have_value("Built")
    field = builder.locator(".graphiql-explorer-node[class*=' graphiql-explorer-']").first
    name = await field.locator("[data-field-name]").first.get_attribute("data-field-name")
    assert name
    await field.locator("[data-field-name]").first.click()
    await expect(page.locator(OPERATION_EDITOR)).to_contain_text(name)


async def test_an_authorization_header_is_sent_and_never_kept(
    seen: Visit, engines: Engines
) -> None:
    """Its bearer is known; no tab and no history of operations holds it, before and after a reload."""
    page = seen.page
    token = sign(engines.folder("embedded", "sample"), "Ada", [Role.AUDITOR], hours=1)
    await write(page, OPERATION_EDITOR, "query Whoami { viewer { subject } }")
    await page.get_by_role("button", name="Headers", exact=True).click()
    await write(page, HEADERS_EDITOR, json.dumps({"Authorization": f"Bearer {token}"}))
    # What is typed reaches the open tab's state after a pause, and from there the history.
    await page.wait_for_timeout(800)
    await run(seen)
    assert await seen.operations[-1].header_value("authorization") == f"Bearer {token}"
    await expect(page.locator(".result-window")).to_contain_text('"subject": "Ada"')

    # Both stores that would hold it were written: the history at once, the tabs a while after.
    await stored(page, "graphiql:queries", "Whoami")
    await stored(page, "graphiql:tabState", "Whoami")
    await page.wait_for_timeout(800)
    assert token not in await page.evaluate(LEFT_BEHIND)

    sent = len(seen.operations)
    await page.reload()
    await expect(page.locator(OPERATION_EDITOR)).to_contain_text("Whoami")
    assert token not in await page.evaluate(LEFT_BEHIND)
    await run(seen)
    for request in seen.operations[sent:]:
        assert await request.header_value("authorization") is None

"""A Chromium that reaches one server and nothing else."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, Route

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Addresses that escape the page's own interception find no host.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def chromium_path() -> str | None:
    """Return the system's Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium(path: str) -> AsyncGenerator[Browser]:
    """Run a headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Visit:
    """One fresh visitor's page, and what it asked for or complained of on the way.

    Playwright marks the object whose methods it calls, so it has no slots.
    """

    page: Page
    server_url: str
    outside: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])
    operations: list[Request] = field(default_factory=list["Request"])

    async def intercept(self, route: Route) -> None:
        """Let requests to the server through; refuse and note all others."""
        if route.request.url.startswith(f"{self.server_url}/"):
            await route.continue_()
        else:
            self.outside.append(route.request.url)
            await route.abort()

    def hear(self, message: ConsoleMessage) -> None:
        """Note an error on the console."""
        if message.type == "error":
            self.complaints.append(message.text)

    def fail(self, error: Error) -> None:
        """Note an uncaught error."""
        self.complaints.append(str(error))

    def ask(self, request: Request) -> None:
        """Note an operation sent to the API."""
        if request.url == f"{self.server_url}/graphql" and request.method == "POST":
            self.operations.append(request)


@asynccontextmanager
async def visit(
    browser: Browser,
    server_url: str,
    *,
    width: int = 1440,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
) -> AsyncGenerator[Visit]:
    """Open the explorer with an empty profile, and wait until its editor stands."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    try:
        seen = Visit(page=await context.new_page(), server_url=server_url)
        await context.route("**/*", seen.intercept)
        seen.page.on("console", seen.hear)
        seen.page.on("pageerror", seen.fail)
        seen.page.on("request", seen.ask)
        await seen.page.goto(server_url)
        await seen.page.wait_for_selector(".graphiql-query-editor .view-lines")
        yield seen
    finally:
        await context.close()

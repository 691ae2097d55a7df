"""Takes the picture of the explorer that the documentation shows.

Run from the project's root: python -m tests.explorer.screenshot URL [FILE] [light|dark]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final, Literal

from tests.explorer.browser import chromium, chromium_path, visit

PICTURE: Final = Path("docs/explorer.png")


async def screenshot(
    server_url: str, picture: Path = PICTURE, scheme: Literal["light", "dark"] = "light"
) -> None:
    """Run the first example with the query builder open, and keep the picture."""
    path = chromium_path()
    if path is None:
        raise FileNotFoundError("no Chromium on the PATH")
    async with (
        chromium(path) as browser,
        visit(browser, server_url.rstrip("/"), scheme=scheme) as seen,
    ):
        page = seen.page
        await page.get_by_role("button", name="Show Explorer").click()
        await page.wait_for_selector(".graphiql-explorer-root")
        await page.get_by_role("button", name="Execute query").click()
        await page.wait_for_selector(".result-window .view-line >> text=data")
        await page.wait_for_load_state("networkidle")
        await page.mouse.move(0, 0)
        await page.wait_for_timeout(500)
        picture.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=picture)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    asyncio.run(
        screenshot(
            arguments[0],
            Path(arguments[1]) if len(arguments) > 1 else PICTURE,
            "dark" if "dark" in arguments[2:] else "light",
        )
    )

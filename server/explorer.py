"""The GraphiQL page at the root, served from the bundle in `explorer/dist`.

Everything the page needs comes from here, so it works where no outside address can be reached.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

EXPLORER: Final = Path(__file__).resolve().parent.parent / "explorer"

CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}

# Monaco writes its colours and positions as inline styles, and the style sheets hold their fonts
# and small pictures as data: addresses. Scripts, workers and requests are our own only.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "worker-src 'self'; "
    "connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; "
    "img-src 'self' data:; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'"
)

# A worker is governed by the policy it is delivered with, so every answer carries it.
SECURITY_HEADERS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
UNHASHED: Final = frozenset({"index.html", "licenses.txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file of the bundle, kept gzipped in memory."""

    name: str
    packed: bytes
    digest: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers that both encodings share."""
        return {
            **SECURITY_HEADERS,
            "cache-control": REVALIDATE if self.name in UNHASHED else IMMUTABLE,
            "content-type": CONTENT_TYPES[Path(self.name).suffix],
            "vary": "Accept-Encoding",
        }


def load_bundle(dist: Path) -> dict[str, Asset]:
    """Return the assets that the bundle's manifest lists, by name."""
    manifest: dict[str, dict[str, str]] = orjson.loads((dist / "manifest.json").read_bytes())
    return {
        name: Asset(name=name, packed=(dist / f"{name}.gz").read_bytes(), digest=digest)
        for name, digest in manifest["files"].items()
    }


def read_examples(folder: Path) -> list[dict[str, str | None]]:
    """Return the example operations in file order.

    The first line, a comment, is the title; `NAME.json` beside `NAME.graphql` holds its variables.
    """
    examples: list[dict[str, str | None]] = []
    for path in sorted(folder.glob("*.graphql")):
        query = path.read_text("utf-8")
        first, _, _ = query.partition("\n")
        variables = path.with_suffix(".json")
        examples.append(
            {
                "name": path.stem,
                "title": first.removeprefix("#").strip() if first.startswith("#") else path.stem,
                "query": query,
                "variables": variables.read_text("utf-8") if variables.exists() else None,
            }
        )
    return examples


def explorer_routes(explorer: Path = EXPLORER) -> list[Route]:
    """Return the routes of the page, its files and its example operations.

    The bundle is read once, here; the examples are read whenever they are asked for.
    """
    bundle = load_bundle(explorer / "dist")

    async def page(request: Request) -> Response:
        return await _asset_response(bundle["index.html"], request)

    async def file(request: Request) -> Response:
        asset = bundle.get(request.path_params["file"])
        if asset is None:
            raise HTTPException(404)
        return await _asset_response(asset, request)

    def examples(request: Request) -> Response:
        body = orjson.dumps(read_examples(explorer / "examples"))
        headers = {
            **SECURITY_HEADERS,
            "cache-control": REVALIDATE,
            "content-type": "application/json",
            "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        }
        return _response(body, headers, request)

    return [
        Route("/", page),
        Route("/explorer/examples.json", examples),
        Route("/explorer/{file}", file),
    ]


async def _asset_response(asset: Asset, request: Request) -> Response:
    """Answer with the file, gzipped where the caller takes that."""
    tag = asset.digest[:32]
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        headers = {**asset.headers, "content-encoding": "gzip", "etag": f'"{tag}-gzip"'}
        return _response(asset.packed, headers, request)
    # Up to some megabytes of text: not on the event loop.
    body = await run_in_threadpool(gzip.decompress, asset.packed)
    return _response(body, {**asset.headers, "etag": f'"{tag}"'}, request)


def _response(body: bytes, headers: Mapping[str, str], request: Request) -> Response:
    """Answer with the body, or 304 where the caller holds it already."""
    if _matches(request.headers.get("if-none-match", ""), headers["etag"]):
        kept = {name: headers[name] for name in headers if not name.startswith("content-")}
        return Response(status_code=304, headers=kept)
    return Response(body, headers=dict(headers))


def _matches(if_none_match: str, etag: str) -> bool:
    """Tell whether the condition names the tag, weak or strong, or any (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


def _accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether gzip is acceptable; a weight of zero refuses it (RFC 9110, 12.5.3)."""
    weights: dict[str, str] = {}
    for part in accept_encoding.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        weights[coding] = weight
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    return bool(weight.strip("0."))

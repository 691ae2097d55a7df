"""The committed bundle, judged without Node."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import pytest

from server.explorer import EXPLORER, load_bundle

DIST = EXPLORER / "dist"
MANIFEST: dict[str, Any] = json.loads((DIST / "manifest.json").read_text("utf-8"))
LOCK: dict[str, Any] = json.loads((EXPLORER / "package-lock.json").read_text("utf-8"))


def sources_digest() -> str:
    """Return what `sourcesDigest` in build.mjs writes into the manifest."""
    names = ["build.mjs", "package-lock.json", "package.json"]
    sources = [path for path in (EXPLORER / "src").rglob("*") if path.is_file()]
    names += [path.relative_to(EXPLORER).as_posix() for path in sources]
    lines = (
        f"{name} {hashlib.sha256((EXPLORER / name).read_bytes()).hexdigest()}\n"
        for name in sorted(names)
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_bundle_is_made_from_the_sources_that_stand_here() -> None:
    """A changed source, lock or build script asks for `make explorer`."""
    assert MANIFEST["sources"] == sources_digest(), "the bundle is stale: run `make explorer`"


def test_dist_holds_exactly_what_the_manifest_lists() -> None:
    """No file is left over from an earlier build, and none is missing."""
    listed = {f"{name}.gz" for name in MANIFEST["files"]} | {"manifest.json"}
    assert {path.name for path in DIST.iterdir()} == listed


@pytest.mark.parametrize("name", MANIFEST["files"])
def test_each_file_unpacks_to_its_digest(name: str) -> None:
    """The packed files are whole, and packed without a time or a machine in them."""
    packed = load_bundle(DIST)[name].packed
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() == MANIFEST["files"][name]
    assert packed[3:10] == bytes([0, 0, 0, 0, 0, 2, 255])


def test_the_lock_pins_by_digest_and_names_no_registry() -> None:
    """Packages come from whichever registry the builder uses, and are checked."""
    packages = {path: entry for path, entry in LOCK["packages"].items() if path}
    assert all("integrity" in entry for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_one_graphql_of_the_major_version_that_graphiql_is_run_with() -> None:
    """Two copies of graphql refuse each other's schemas at run time."""
    copies = [path for path in LOCK["packages"] if path.endswith("node_modules/graphql")]
    assert copies == ["node_modules/graphql"]
    assert LOCK["packages"]["node_modules/graphql"]["version"].startswith("16.")


def test_the_page_names_only_files_of_the_bundle() -> None:
    """The page loads nothing but what the manifest lists."""
    page = gzip.decompress(load_bundle(DIST)["index.html"].packed).decode()
    assert "//" not in page
    assert page.count("/explorer/") == 3
    names = {part.split('"')[0] for part in page.split("/explorer/")[1:]}
    assert names <= set(MANIFEST["files"])

"""What the image and the compose file promise, as far as their text tells."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_image_is_pinned_to_a_whole_version() -> None:
    """A tag that moves is another program tomorrow."""
    images = re.findall(r"^\s*image: (\S+)|^FROM (\S+)", COMPOSE + DOCKERFILE, re.MULTILINE)
    assert len(images) == 3
    for image in ("".join(pair) for pair in images):
        assert re.search(r":\d+\.\d+\.\d+", image), image


def test_neo4j_is_the_version_that_the_tests_run_on() -> None:
    """What is shipped is what was tested."""
    pom = (ROOT / "tests" / "engines" / "pom.xml").read_text("utf-8")
    [tested] = re.findall(r"<neo4j\.version>(.+)</neo4j\.version>", pom)
    assert f"image: neo4j:{tested}-community" in COMPOSE


def test_every_port_is_on_loopback() -> None:
    """A desk is not a server: nothing of it is offered to the network."""
    ports = re.findall(r"^\s*- (\S*:\d+)$", COMPOSE, re.MULTILINE)
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_password_has_no_default() -> None:
    """Each use fails in plain words where it is not set."""
    uses = re.findall(r"\$\{CONTENT_GRAPH_PASSWORD([^}]*)\}", COMPOSE)
    assert len(uses) == 2
    assert all(use.startswith(":?") for use in uses)


def test_every_service_has_a_health_check() -> None:
    """The server's stands in its image."""
    assert COMPOSE.count("healthcheck:") == COMPOSE.count("image:")
    assert "HEALTHCHECK" in DOCKERFILE


def test_the_image_installs_by_hash_and_runs_unprivileged() -> None:
    """Whatever follows the last USER runs as that user."""
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1] != "root"


def test_everything_that_the_image_copies_is_there() -> None:
    """A folder that moved would be missed only when an image is built."""
    for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert list(ROOT.glob(source)) or source.endswith("*"), source


def test_the_image_has_every_package_of_ours() -> None:
    """One that was added and not copied would be missed only when the image starts."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for package in project["tool"]["importlinter"]["root_packages"]:
        assert f"COPY {package} {package}\n" in DOCKERFILE

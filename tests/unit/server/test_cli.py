"""The command line as its users meet it: a process, its output and its exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from server.cli import app

ROOT = Path(__file__).resolve().parents[3]
CWR = ROOT / "tests/cwr/files/weso_nwrexample2.V21"
START_SECONDS = 60


def command(data: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """Start `content-graph` over a data folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {"CONTENT_GRAPH_DATA": str(data), "CONTENT_GRAPH_HEAP_MB": "256", **settings}
    return subprocess.Popen(  # noqa: S603 - our own program.
        [sys.executable, "-m", "server", *arguments],
        cwd=ROOT,
        env={**kept, "COLUMNS": "200", **given},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(data: Path, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run a command to its end; return its exit code, output and errors."""
    process = command(data, *arguments, **settings)
    output, errors = process.communicate(timeout=START_SECONDS)
    return process.returncode, output, errors


@pytest.mark.parametrize(
    "arguments", [[], ["load"], ["conflicts"], ["schema"], ["serve"], ["load", "sample"]]
)
def test_help_is_everywhere(arguments: list[str]) -> None:
    """Also where a command is only a group."""
    result = CliRunner().invoke(app, [*arguments, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_acknowledgements_are_not_written_over_each_other(tmp_path: Path) -> None:
    """Two files of one name with one folder to write to, or one that is another's acknowledgement."""
    first, second = tmp_path / "a" / "x.v22", tmp_path / "b" / "x.v22"
    for arguments in (
        [str(first), str(second), "--to", str(tmp_path)],
        [str(first), f"{first}.ack"],
    ):
        result = CliRunner().invoke(app, ["export", "ack", *arguments])
        assert result.exit_code == 2
        assert "over each other" in result.output


def test_a_wrong_setting_is_told_in_a_line(tmp_path: Path) -> None:
    """No traceback, and exit code 2 as for any wrong usage."""
    code, _, errors = run(tmp_path, "serve", CONTENT_GRAPH_PROFILE="production")
    assert code == 2
    assert errors.startswith("CONTENT_GRAPH_URI: ")
    assert errors.count("\n") == 1


def test_a_taken_port_is_told_before_an_engine_starts(tmp_path: Path) -> None:
    """Exit code 3, in under the time that an engine needs."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, errors = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert code == 3
    assert "Address already in use" in errors
    assert not (tmp_path / "engine").exists()


def test_serve_tells_where_refuses_a_second_one_and_stops_on_a_signal(tmp_path: Path) -> None:
    """A whole life: the address printed answers, one server a folder, and nothing is left."""
    process = command(tmp_path, "serve", CONTENT_GRAPH_PORT="0", CONTENT_GRAPH_SAMPLE="false")
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        assert "/ (Ctrl-C" in process.stderr.readline()
        [address] = re.findall(r"http://\S+/graphql", first)
        answer = httpx.post(address, json={"query": "{ __typename }"}, timeout=10)
        assert answer.json() == {"data": {"__typename": "Query"}}

        code, _, errors = run(tmp_path, "serve", CONTENT_GRAPH_PORT="0")
        assert code == 3
        assert "already serves" in errors

        code, output, errors = run(tmp_path, "load", "musicbrainz", str(tmp_path / "nothing"))
        assert code == 1
        assert "0 records read, 0 kept, 1 refused" in output
        assert f"{tmp_path / 'nothing'}: FILE_UNREADABLE: " in errors
    finally:
        process.send_signal(signal.SIGTERM)
        started = time.perf_counter()
        _, errors = process.communicate(timeout=START_SECONDS)
    assert time.perf_counter() - started < 15
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert not (tmp_path / "engine" / "state.json").exists()


def test_in_production_what_is_said_is_json(tmp_path: Path) -> None:
    """The address too, and nothing of an explorer that is not there."""
    production = {"CONTENT_GRAPH_PROFILE": "production", "CONTENT_GRAPH_URI": "embedded"}
    process = command(tmp_path, "serve", CONTENT_GRAPH_PORT="0", **production)
    assert process.stderr is not None
    try:
        first = json.loads(process.stderr.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=START_SECONDS)
    assert first["event"] == "serving"
    assert first["address"].endswith("/graphql")
    assert all(json.loads(line) for line in errors.splitlines())


def test_a_database_that_is_down_is_told_with_its_address_and_no_more(tmp_path: Path) -> None:
    """One sentence: none of the driver's own, and not the password."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        uri = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
    down = {"CONTENT_GRAPH_URI": uri, "CONTENT_GRAPH_PASSWORD": "hush"}
    code, output, errors = run(tmp_path, "load", "sample", **down)
    assert (code, output) == (3, "")
    assert errors.count("\n") == 1
    assert uri in errors
    assert "CONTENT_GRAPH_URI" in errors
    assert "hush" not in errors


def test_a_load_takes_a_folder_and_counts_in_words(tmp_path: Path) -> None:
    """`--data` goes before the setting, as it does where the graph is served."""
    dump, data = tmp_path / "dump.xml", tmp_path / "here"
    dump.write_text("<artists><artist><id>1</id><name>N</name></artist></artists>")
    arguments = ("load", "discogs", str(dump), "--data", str(data))
    code, output, errors = run(tmp_path / "not here", *arguments)
    assert code == 0, errors
    assert output == f"{dump}: 1 record read, 1 kept.\n"
    assert (data / "engine").exists()
    assert not (tmp_path / "not here").exists()


def test_the_schema_is_printed_and_checked_against_an_earlier_one(tmp_path: Path) -> None:
    """What clients had and have no more is listed, with exit code 1."""
    code, printed = here("schema", "print")
    assert code == 0
    earlier = tmp_path / "earlier.graphql"
    earlier.write_text(printed, encoding="utf-8")
    assert here("schema", "check", str(earlier)) == (
        0,
        "0 breaking, 0 dangerous, 0 safe changes.\n",
    )
    earlier.write_text(f"{printed}\nextend type Query {{ gone: Int }}", encoding="utf-8")
    code, output = here("schema", "check", str(earlier))
    assert code == 1
    assert "FIELD_REMOVED" in output
    assert "gone" in output
    earlier.write_text("type {", encoding="utf-8")
    code, output = here("schema", "check", str(earlier))
    assert code == 2
    assert "is no GraphQL schema" in output


def test_an_export_says_which_file_cannot_be_used(tmp_path: Path) -> None:
    """In a line and with 2: the file that cannot be written, also where another is read."""
    data = tmp_path / "data"
    code, _, errors = run(data, "load", "cwr", str(CWR))
    assert code == 0, errors
    nowhere = tmp_path / "nowhere" / "out.cwr"
    code, output, errors = run(data, "export", "ack", str(CWR), "--to", str(nowhere.parent))
    written = nowhere.with_name(f"{CWR.name}.ack")
    assert (code, output, errors) == (2, "", f"{written}: No such file or directory.\n")
    code, output, errors = run(data, "export", "cwr", "--party", "199", str(nowhere))
    assert (code, output, errors) == (2, "", f"{nowhere}: No such file or directory.\n")


def test_an_acknowledgement_is_a_societys() -> None:
    """A sender that no message has is told before any engine starts."""
    code, output = here("export", "ack", str(CWR), "--sender", "BMI")
    assert code == 2
    assert "SO and a society's code" in output


def here(*arguments: str) -> tuple[int, str]:
    """Run a command in this process; return its exit code and all that it said."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output

"""Ctrl-C at any moment of a command's first seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.engines.folder import EngineFolder
from graph.engines.locks import FileLock

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = [["serve", "--port", "0"], ["load", "sample"], ["schema", "print"]]


@pytest.mark.parametrize("milliseconds", [50, 150, 400, 900, 2000])
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_ctrl_c_is_answered_while_a_command_starts(
    tmp_path: Path, arguments: list[str], milliseconds: int
) -> None:
    """A plain word and exit code 130, or 0 where it was done; no traceback, and nothing runs on."""
    # The interpreter tells its imports: the clock starts with the first of ours.
    with subprocess.Popen(  # noqa: S603 - our own program.
        [sys.executable, "-X", "importtime", "-m", "server", *arguments],
        cwd=ROOT,
        env={**os.environ, "CONTENT_GRAPH_DATA": str(tmp_path), "CONTENT_GRAPH_HEAP_MB": "256"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests may ignore it, as under `nohup`.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - before any thread of the child.
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.rstrip().endswith(" server.interrupts"):
                break
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGINT)
        said = [line for line in process.stderr if not line.startswith("import time:")]
        code = process.wait(timeout=60)
    assert code in {0, 130}, said
    assert "Traceback" not in "".join(said)
    assert code == 0 or "Interrupted.\n" in said
    engine = EngineFolder(tmp_path)
    deadline = time.monotonic() + 30
    while engine.lock.exists() and not FileLock(engine.lock).free():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_interrupt_that_the_starter_ignores_stays_ignored() -> None:
    """As under `nohup`: the command runs to its end."""
    program = (
        "import os, signal; from server.__main__ import end_when_interrupted;"
        "end_when_interrupted(); os.kill(os.getpid(), signal.SIGINT); print('here')"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter.
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "here\n", "")

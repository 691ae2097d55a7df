"""A data folder that cannot be used, or holds rubbish, ends in a sentence or in nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.engines import DataFolderError
from graph.engines.folder import EngineFolder
from server.sample import first_start
from server.settings import Settings


@pytest.mark.parametrize(
    "port", [b'"y"', b"null", b"-1", b"0", b"999999", b"[]", b"1.5"], ids=lambda port: port.decode()
)
def test_a_damaged_announcement_is_none(tmp_path: Path, port: bytes) -> None:
    """A damaged announcement is none: the next engine chooses a port of its own."""
    folder = EngineFolder(tmp_path)
    folder.prepare()
    told = b'{"pid": 1, "port": %b, "format": 1, "password_file": "x"}' % port
    (folder.root / "state.json").write_bytes(told)
    assert folder.state() is None


def test_a_first_start_says_which_folder_it_cannot_use(tmp_path: Path) -> None:
    """A first start says which folder it cannot use."""
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(DataFolderError, match="file/data"):
        first_start(Settings(data=file / "data", sample=True))

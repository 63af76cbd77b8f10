"""The data folder: one supervisor, one token, one word about where things answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plant.asset.error import ServiceError
from ui.supervisor.folder import Folder

HOLD = """
import sys
from pathlib import Path
from ui.supervisor.folder import Folder
folder = Folder(Path(sys.argv[1]))
folder.lock()
print("held", flush=True)
sys.stdin.read()
"""


def hold(path: Path) -> "subprocess.Popen[str]":
    """Another process that has the folder, until its input closes."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_process_is_refused_and_told_which_process_has_the_folder(tmp_path: Path) -> None:
    """Established by a real second process."""
    other = hold(tmp_path)
    with pytest.raises(ServiceError, match=rf"already runs on {tmp_path} \(process {other.pid}\).*--data"):
        Folder(tmp_path).lock()
    other.communicate("", timeout=20)
    Folder(tmp_path).lock()


def test_a_killed_process_leaves_the_folder_free(tmp_path: Path) -> None:
    """The system gives the lock back, however its holder ended."""
    other = hold(tmp_path)
    other.kill()
    other.communicate(timeout=20)
    Folder(tmp_path).lock()


def test_the_token_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """Established by the file's mode, and by asking twice."""
    folder = Folder(tmp_path)
    token = folder.token()
    assert len(token) >= 32
    assert Folder(tmp_path).token() == token
    assert os.name == "nt" or folder.token_file.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(ServiceError, match=r"data folder .*data cannot be used"):
        Folder(tmp_path / "data").lock()


def test_nothing_runs_before_it_is_said_and_after_it_is_unsaid(tmp_path: Path) -> None:
    """run.json comes and goes with the field."""
    folder = Folder(tmp_path)
    assert folder.read_run() is None
    folder.write_run({"api": "http://127.0.0.1:1"})
    assert folder.read_run() == {"api": "http://127.0.0.1:1"}
    folder.remove_run()
    folder.remove_run()
    assert folder.read_run() is None

"""The data folder: one supervisor, one token, one word about where things answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plant.error import ServiceError
from tests.limit import HANGS
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
    other.communicate("", timeout=HANGS)
    Folder(tmp_path).lock()


def test_a_killed_process_leaves_the_folder_free(tmp_path: Path) -> None:
    """The system gives the lock back, however its holder ended."""
    other = hold(tmp_path)
    other.kill()
    other.communicate(timeout=HANGS)
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
    run = {"api": "http://127.0.0.1:1", "children": {}}
    folder.write_run(run)
    assert folder.read_run() == run
    folder.remove_run()
    folder.remove_run()
    assert folder.read_run() is None


def test_an_empty_token_is_made_anew_and_kept(tmp_path: Path) -> None:
    """A file that was cut short would leave the API closed for writing for ever."""
    folder = Folder(tmp_path)
    folder.token_file.write_text("\n")
    token = folder.token()
    assert len(token) >= 32
    assert folder.token() == folder.kept_token() == token


@pytest.mark.parametrize("text", ["", '{"api": "http://127', "[1, 2]", '{"api": 1}', "[" * 100_000])
def test_a_damaged_word_about_what_runs_is_one_line_that_says_what_to_do(tmp_path: Path, text: str) -> None:
    """Cut short, of another kind, or nested deeper than can be read."""
    folder = Folder(tmp_path)
    folder.run_file.write_text(text)
    with pytest.raises(ServiceError, match=r"run\.json is damaged: .* gemelo up") as refused:
        folder.read_run()
    assert "\n" not in str(refused.value)


def test_a_token_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    """Bytes that are no UTF-8."""
    folder = Folder(tmp_path)
    folder.token_file.write_bytes(b"\xff\xfe")
    with pytest.raises(ServiceError, match="token cannot be read"):
        folder.token()

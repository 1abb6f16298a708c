"""The installer on sticks that are wrong: it stops in time and puts nothing to use."""

import platform
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tools.bundle.__main__ import FILES, _records
from tools.bundle.sums import NAME, sums

PYTHON = ".".join(platform.python_version_tuple()[:2])


@pytest.fixture
def stick(tmp_path):
    """A stick without wheels: what it installs knows no record at all."""
    folder = tmp_path / "stick with spaces"
    (folder / "wheels").mkdir(parents=True)
    (folder / "requirements.txt").write_text("")
    (folder / "VERSION").write_text("9.9\n")
    (folder / "PYTHON").write_text(f"{PYTHON}\n")
    (folder / "install.sh").write_bytes((FILES / "install.sh").read_bytes())
    _records(folder / "check")
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    (folder / NAME).write_text(sums(folder), encoding="utf-8")


def install(stick: Path) -> "subprocess.CompletedProcess[str]":
    command = ["sh", str(stick / "install.sh"), str(stick.parent / "installed")]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_a_changed_file_stops_it_before_anything_is_made(stick):
    (stick / "requirements.txt").write_text("evil\n")
    done = install(stick)
    assert done.returncode == 1
    assert "files of the stick were changed" in done.stderr
    assert not (stick.parent / "installed").exists()


def test_another_python_is_named(stick):
    (stick / "PYTHON").write_text("3.1\n")
    seal(stick)
    done = install(stick)
    assert (done.returncode, "Python 3.1 is needed" in done.stderr) == (1, True)
    assert not (stick.parent / "installed").exists()


@pytest.mark.slow
def test_a_program_that_refuses_an_old_record_is_not_put_to_use(stick):
    before = stick.parent / "installed"
    (before / "versions" / "1.0").mkdir(parents=True)
    (before / "current").symlink_to("versions/1.0")
    done = install(stick)
    assert done.returncode == 1
    assert "does not accept an old record" in done.stderr
    assert (before / "current").readlink() == Path("versions/1.0")


def test_the_pages_on_the_stick_say_the_same_in_both_languages():
    texts = [(FILES / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
    for word in ("install.sh", "debian-packages.txt", "sbom.cdx.json", "SHA256SUMS", "check/", "/opt/plenum/current"):
        assert all(word in text for text in texts), word
    assert (ROOT / "docs/offline.md").is_file()

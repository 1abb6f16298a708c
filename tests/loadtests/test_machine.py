"""What a report says of the machine."""

import json
import platform
from pathlib import Path

import pytest

from loadtests import machine
from loadtests.machine import Machine


def test_this_machine_is_named() -> None:
    here = Machine.here()
    assert here.processor
    assert here.cores >= 1
    assert here.memory_gb > 0
    assert here.system
    assert here.versions["Python"] == platform.python_version()
    assert here.versions["plenum"].startswith("0.")
    assert {"locust", "SQLite", "uvicorn"} <= here.versions.keys()
    assert json.loads(json.dumps(here.to_json()))["cores"] == here.cores


def test_a_machine_that_says_little_is_named_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_CPU", "_MEMORY", "_SYSTEM"):
        monkeypatch.setattr(machine, name, tmp_path / "nothing")
    monkeypatch.setattr(machine, "PACKAGES", ("no-such-package",))
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    here = Machine.here()
    assert (here.processor, here.memory_gb, here.system) == (platform.machine(), 0, platform.system())
    assert "(" not in here.versions["plenum"]
    assert "no-such-package" not in here.versions


def test_the_first_of_several_processors_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text("processor\t: 0\nmodel name\t: Fast: 9\n\nprocessor\t: 1\nmodel name\t: Slow\n")
    assert machine._field(path, "model name", ":") == "Fast: 9"

from pathlib import Path

import pytest

from kiosk.demo.processes import Processes, free_port
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError


def test_a_free_port_can_be_used() -> None:
    assert 1024 < free_port() < 65536


def test_a_process_that_fails_is_reported_with_its_last_words(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("broken", ["no-such-command"])
        with pytest.raises(FatalError, match=r"broken ended with code \d+"):
            processes.wait("broken", PATIENCE)
        assert "no-such-command" in processes.log("broken").read_text(encoding="utf-8")


def test_a_process_that_ends_well_is_not_an_error(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("help", ["rules", "--help"])
        processes.wait("help", PATIENCE)


def test_leaving_the_block_stops_what_still_runs(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("slow", ["doctor"])
        process = processes._running["slow"]
    assert process.poll() is not None

"""Wrong passphrases, too few scrutineers, and shares that do not verify."""

from pathlib import Path

import pytest

from kiosk.scrutineer_files import ScrutineerFiles
from tally.cli.system import SystemRng
from tally.replay import expected
from tests.attacks import test_bad_shares
from tests.bad_input.items import says
from tests.bad_input.plenum import Plenum
from tests.kiosk.voted import closed_hall
from voting_core.errors import StateError, VerificationError
from voting_core.secret import Secret


def test_a_wrong_passphrase(plenum: Plenum, tmp_path: Path) -> None:
    directory = tmp_path / "scrutineer"
    ScrutineerFiles(directory, Secret("the right one 口令"), SystemRng()).create(bytes(32), 1, "甲")
    (tmp_path / "passphrase").write_text("the wrong one 口令\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    arguments = ["scrutineer", "--server", "http://127.0.0.1:1", "--dir", directory, "--name", "甲", "--index", 1]
    plenum(*arguments, "--passphrase-file", tmp_path / "passphrase").refused("wrong passphrase")
    assert {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}.items() >= before.items()
    (directory / "memory.json").unlink()
    plenum(*arguments, "--passphrase-file", tmp_path / "passphrase").refused("a scrutineer's file is missing")


def test_too_few_scrutineers(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        hall.scrutineers.pop()
        hall.watch(4)
        before = hall.state.size
        with pytest.raises(VerificationError) as caught:
            hall.officials.first.count("report")
        says("too few scrutineers", str(caught.value))
        with pytest.raises(StateError):
            hall.officials.declare("report")
        assert hall.state.size == before


def test_a_share_that_does_not_verify() -> None:
    session = test_bad_shares.spoiled("shifted")
    test_bad_shares.show(session, 1)
    test_bad_shares.show(session, 2, test_bad_shares.shifted(session.shared(2)))
    with pytest.raises(VerificationError) as caught:
        expected.counted_body(session.state, "motion")
    says("a share that does not verify", str(caught.value))

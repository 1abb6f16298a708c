from contextlib import closing
from pathlib import Path

import pytest

from kiosk.demo import hall as hall_module
from kiosk.demo.hall import Hall
from kiosk.demo.processes import Processes
from kiosk.demo.script import Done
from tally.plan import SessionPlan
from voting_core.errors import FatalError


@pytest.mark.slow
def test_the_stations_keep_their_secrets_to_themselves(done: Done) -> None:
    work = done.folder / "stations"
    private = [*work.rglob("passphrase"), *work.rglob("turns-*.jsonl"), *work.rglob("*keys*.json")]
    assert private
    assert all(path.stat().st_mode & 0o077 == 0 for path in private)


@pytest.mark.slow
def test_waiting_for_what_never_happens_says_what_it_was(
    plan: SessionPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Processes(tmp_path) as processes, closing(Hall.open(plan, tmp_path, processes)) as hall:
        hall.create_session()
        assert hall.officials.sync().facts.simulated
        monkeypatch.setattr(hall_module, "PATIENCE_SECONDS", 0.5)
        with pytest.raises(FatalError, match="waiting for: a miracle"):
            hall.wait("a miracle", lambda _state: False)
        with pytest.raises(FatalError, match="not made a key"):
            _ = hall.fingerprint

"""The time of day jumps under a real server: voting does not notice, for no check of a ballot depends on it."""

from contextlib import closing
from pathlib import Path

from tests.faults.election import Election, client_at
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.faults.troubles import Troubles
from tests.support.patience import patiently

DAY = 86_400
JUMPS = (3_600, -3_600, 400 * DAY, -20_000 * DAY)
"""An hour each way, a year ahead, and before 1980, as a machine without a battery begins."""


def test_a_clock_that_jumps_stops_no_ballot(tmp_path: Path, server_nursery: ServerNursery) -> None:
    with closing(ServerProcess(tmp_path / "data", nursery=server_nursery)) as server:
        server.start()
        election = Election(server.url)
        with client_at(server.url) as client:
            right = client.get("/v1/status").headers["date"]
            for jump in JUMPS:
                with election.voted(3) as done:
                    server.trouble(Troubles(clock=jump))
                    assert done.wait()
                election.cast(2)
                election.check_promises()
            assert any(client.get("/v1/status").headers["date"][:16] != right[:16] for _ in patiently(0.1))
        # Started again at the wrong time, too.
        server.trouble(Troubles(clock=-20_000 * DAY))
        server.kill()
        server.start()
        election.cast(3)
        election.check_promises()
        server.trouble(Troubles())
        election.judge()
        assert election.answers == {200}
        assert "Traceback" not in server.log.read_text()

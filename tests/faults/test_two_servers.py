"""A second server is started on the session of one that runs: it is refused in one sentence, and the first goes on."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.election import Election
from tests.faults.server_process import ServerNursery, ServerProcess

REFUSED = 2


@pytest.mark.parametrize(
    ("both_databases", "said"),
    [
        ("sqlite", "another server is already running on this data directory"),
        ("postgresql", "another server is already running on this database"),
    ],
    indirect=["both_databases"],
)
def test_a_second_server_is_refused_and_the_first_goes_on(
    both_databases: str, said: str, request: pytest.FixtureRequest, tmp_path: Path, server_nursery: ServerNursery
) -> None:
    options = ("--database", request.getfixturevalue("postgres_url")("")) if both_databases == "postgresql" else ()
    first = ServerProcess(tmp_path / "one", *options, nursery=server_nursery)
    with closing(first):
        first.start()
        election = Election(first.url)
        election.cast(5)
        # The embedded database lies in the folder; with PostgreSQL the second has a folder and keys of its own.
        if options:
            shutil.copytree(first.data, tmp_path / "two")
            second = ServerProcess(tmp_path / "two", *options, nursery=server_nursery)
        else:
            second = ServerProcess(tmp_path / "one", nursery=server_nursery)
        with closing(second):
            begun = second.log.stat().st_size
            second.begin()
            election.cast(5)
            assert second.wait() == REFUSED
            answer = second.log.read_text()[begun:]
            assert said in answer
            assert "Traceback" not in answer
        election.cast(5)
        election.judge()
    # When the first is gone, the second may start.
    second = ServerProcess(second.data, *options, nursery=server_nursery)
    with closing(second):
        second.start()
        election.url = second.url
        election.check_promises()

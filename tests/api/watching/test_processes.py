"""What a process tells of itself."""

import pytest

from api.watching.processes import ProcessFigures
from api.watching.requests import RequestFigures


def test_what_is_told_is_read_as_it_was() -> None:
    requests = RequestFigures()
    requests.note("status", 200, 0.1)
    requests.note("log", 404, 3.0)
    here = ProcessFigures.here(requests, 7)
    assert ProcessFigures.read(here.told()) == here
    assert here.cpu_seconds > 0
    assert here.memory > 1_000_000
    assert 0 < here.files < here.most_files
    assert here.streams == 7


def test_ballots_are_told_to_nobody_before_there_are_eight() -> None:
    requests = RequestFigures()
    before = ProcessFigures.here(requests, 0).requests
    for _ in range(7):
        requests.note("ballots", 200, 0.1)
    assert ProcessFigures.here(requests, 0).requests == before


@pytest.mark.parametrize(
    "told",
    [b"", b"hello\n", b"7", b"null", b"[]", b"[[1],[]]", b"[[1,1,1,1,1],[[[],[1],1,1]]]", b"[[1,1,1,1,1],7]", b"\xff"],
)
def test_what_is_no_figures_is_refused(told: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        ProcessFigures.read(told)

from pathlib import Path

import pytest

from loadtests.figures import Figures, read_figures
from voting_core.errors import InputError

HEAD = "Type,Name,Request Count,Failure Count,Median Response Time,Requests/s,50%,95%,99%\n"
TOTAL = ",Aggregated,105,3,40,21.5,40,90,120\n"


def test_figures_are_those_of_the_ballots_and_failures_those_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "stats.csv"
    path.write_text(f"{HEAD}POST,ballot,100,2,41,20.26,41,95,130\nPOST,told to wait,5,1,2,1.0,2,3,4\n{TOTAL}")
    figures = read_figures(path)
    assert figures == Figures(
        requests=100, requests_per_second=20.3, median_ms=41, p95_ms=95, p99_ms=130, failures=3, waits=5
    )
    assert figures.to_json()["p99_ms"] == 130


def test_a_run_that_sent_nothing_has_zeros(tmp_path: Path) -> None:
    path = tmp_path / "stats.csv"
    path.write_text(f"{HEAD},Aggregated,0,0,0,0.0,N/A,N/A,N/A\n")
    assert read_figures(path).requests == 0


@pytest.mark.parametrize("content", [None, "", HEAD, "a,b\n1,2\n", f"{HEAD}POST,ballot,N/A,2,41,20,41,95,130\n{TOTAL}"])
def test_a_file_without_figures_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "stats.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match="Locust has left no figures there"):
        read_figures(path)

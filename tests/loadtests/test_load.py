from pathlib import Path

import pytest

from loadtests.load import LOCUSTFILE, LoadFiles, run_load
from loadtests.profiles import SMOKE
from voting_core.errors import FatalError


def test_all_files_are_in_the_output_directory(tmp_path: Path) -> None:
    files = LoadFiles(tmp_path)
    every = [files.pool, files.acknowledgements, files.prefix, files.stats, files.report, files.log]
    assert {path.parent for path in every} == {tmp_path}
    assert len(set(every)) == len(every)
    assert files.stats.name == f"{files.prefix.name}_stats.csv"
    assert LOCUSTFILE.is_file()


@pytest.mark.slow
def test_locust_that_cannot_work_is_reported_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=r"(?s)Locust ended with code \d+:.*pool.jsonl: cannot be read"):
        run_load(SMOKE, "http://127.0.0.1:9", LoadFiles(tmp_path))

import json
import subprocess
import sys


def test_a_worker_prints_its_figures_as_json() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tally.cli.bench.worker", "aggregate"], capture_output=True, check=True, text=True
    )
    (figure,) = json.loads(done.stdout)
    assert figure["name"] == "aggregate_60_rows"
    assert figure["unit"] == "ms"

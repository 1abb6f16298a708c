"""One measurement in this process: `python -m tally.cli.bench.worker NAME` prints its figures as JSON."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from tally.cli.bench import argument, cores, deciding, decryption, fast, importing, paper, peer, record
from tally.cli.bench.figure import Figure

WORKERS: dict[str, Callable[[], list[Figure]]] = {
    "encrypt": argument.encrypt,
    "alone": argument.alone,
    "batch": argument.batch,
    "fast": fast.fast,
    "aggregate": argument.aggregate,
    "decrypt": decryption.decrypt,
    "decide": deciding.decided,
    "import": importing.importing,
    "stored": record.stored_bytes,
    "paper": paper.paper,
    "peer": peer.peer,
    "cores": cores.cores,
    "records": record.records,
    "large": record.large,
    "huge": cores.huge,
}
"""In the order of printing."""

FULL_ONLY = ("large", "huge")
"""What takes minutes more and has no limit; the others take under five minutes on two cores."""

if __name__ == "__main__":
    print(json.dumps([asdict(figure) for figure in WORKERS[sys.argv[1]]()]))

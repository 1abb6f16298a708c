"""`python -m tests.faults.server_nursery`: servers that start at once, because what they import is imported already.

Each line of standard input is a wish in JSON, and answered with one line of JSON:

* `{"arguments": [...], "output": FILE, "troubles": FILE}` starts a server, and gives its process id;
* `{"ended": ID}` gives its exit status, or null while it runs; `{"wait": ID}` waits for it.

A server is a process of its own: it opens its files and connections after it has come into being, and SIGKILL ends it
like any other. Its machine has the troubles of :mod:`tests.faults.troubles`. All end with this program.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from api.__main__ import main as run_server
from tests.faults.troubles import have_troubles


def serve(arguments: list[str], output: str, troubles: str) -> NoReturn:
    """Become a server."""
    status = 1
    try:
        written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(written, 1)
        os.dup2(written, 2)
        have_troubles(Path(troubles))
        sys.argv = ["plenum", *arguments]
        run_server()
        status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _status(process: int, options: int, ended: dict[int, int]) -> int | None:
    if process not in ended:
        found, status = os.waitpid(process, options)
        if found == process:
            ended[process] = os.waitstatus_to_exitcode(status)
    return ended.get(process)


def main() -> None:
    """Answer wishes."""
    started, ended = set[int](), dict[int, int]()
    for line in sys.stdin:
        wish: dict[str, Any] = json.loads(line)
        answer: int | None
        if "wait" in wish:
            answer = _status(wish["wait"], 0, ended)
        elif "ended" in wish:
            answer = _status(wish["ended"], os.WNOHANG, ended)
        else:
            answer = os.fork()
            if answer == 0:
                serve(wish["arguments"], wish["output"], wish["troubles"])
            started.add(answer)
        print(json.dumps(answer), flush=True)
    for process in started - ended.keys():
        os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()

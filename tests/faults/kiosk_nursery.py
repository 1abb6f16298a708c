"""`python -m tests.faults.kiosk_nursery`: kiosks that start at once, because what they import is imported already.

Each line of standard input has the arguments of `plenum`, and where its output goes. It is answered with the id of a
new process that runs them, and with a second line when that process has ended. The process is a kiosk of its own: it
opens its files, its server connection and its page after it has come into being, and SIGKILL ends it like any other.
"""

import json
import os
import sys
from typing import NoReturn

import typer

from kiosk.command import register
from tally.cli.ending import run_app


def kiosk(arguments: list[str], output: str) -> NoReturn:
    """Become a kiosk."""
    try:
        written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(written, 1)
        os.dup2(written, 2)
        sys.argv = ["plenum", *arguments]
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        register(app)
        # With one command the application would take its name for an argument.
        app.callback()(lambda: None)
        run_app(app, "plenum")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


def main() -> None:
    """Start kiosks, one after the other."""
    for line in sys.stdin:
        wanted = json.loads(line)
        process = os.fork()
        if process == 0:
            kiosk(wanted["arguments"], wanted["output"])
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()

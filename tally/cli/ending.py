"""How every command ends that a person can mend: one sentence on standard error, and exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from voting_core.errors import PlenumError

EXIT_BAD_INPUT: Final = 2


@contextmanager
def one_sentence(name: str) -> Iterator[None]:
    """Turn what a person can mend into one sentence and an exit.

    What the disk refuses in a place that has no sentence of its own gets one here.
    """
    try:
        yield
    except PlenumError as error:
        typer.echo(f"{name}: {error}", err=True)
        sys.exit(EXIT_BAD_INPUT)
    except OSError as error:
        typer.echo(f"{name}: {_disk_sentence(error)}", err=True)
        sys.exit(EXIT_BAD_INPUT)


def run_app(app: typer.Typer, name: str) -> None:
    """Run a command and exit."""
    with one_sentence(name):
        app()


def _disk_sentence(error: OSError) -> str:
    place = error.filename or "a file"
    reason = error.strerror or type(error).__name__
    remedy = "Check the path and who may use it, and free space, also for temporary files"
    return f"{place}: cannot be read or written ({reason}). {remedy}"

"""How every command ends that a person can mend: one sentence on standard error, and exit code 2."""

import sys
from typing import Final

import typer

from voting_core.errors import PlenumError

EXIT_BAD_INPUT: Final = 2


def run_app(app: typer.Typer, name: str) -> None:
    """Run a command and exit. What the disk refuses in a place that has no sentence of its own gets one here."""
    try:
        app()
    except PlenumError as error:
        typer.echo(f"{name}: {error}", err=True)
    except OSError as error:
        typer.echo(f"{name}: {_disk_sentence(error)}", err=True)
    sys.exit(EXIT_BAD_INPUT)


def _disk_sentence(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    reason = error.strerror or type(error).__name__
    return f"{place}cannot be read or written ({reason}). Check the path, who may use it, and the free space"

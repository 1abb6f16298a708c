"""`python -m api serve …` is `plenum serve …`, without the other commands."""

import sys

import typer

from api.command import register
from voting_core.errors import PlenumError


def main() -> None:
    """Run the command; an error that a person can mend is one sentence and exit code 2."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    register(app)
    try:
        app()
    except PlenumError as error:
        typer.echo(f"plenum: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

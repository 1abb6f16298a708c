"""`python -m tally verify RECORD`: the auditor's tool, which needs no web package and no other command."""

import sys

import typer

from tally.cli import verify_command
from voting_core.errors import PlenumError

EXIT_BAD_INPUT = 2


def build_app() -> typer.Typer:
    """The command with `verify` alone."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
    verify_command.register(app)

    @app.callback()
    def tally() -> None:
        """Verify the record of a session."""

    return app


def main() -> None:
    """Run the command. What a person can mend is one sentence on standard error and exit code 2."""
    try:
        build_app()()
    except PlenumError as error:
        typer.echo(f"tally: {error}", err=True)
        sys.exit(EXIT_BAD_INPUT)


if __name__ == "__main__":
    main()

"""`python -m tally verify RECORD`: the auditor's tool, which needs no web package and no other command."""

import typer

from tally.cli import verify_command
from tally.cli.ending import run_app


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
    run_app(build_app(), "tally")


if __name__ == "__main__":
    main()

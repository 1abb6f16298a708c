"""`python -m api serve …` is `plenum serve …`, without the other commands."""

import typer

from api.command import register
from tally.cli.ending import run_app


def main() -> None:
    """Run the command; an error that a person can mend is one sentence and exit code 2."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    register(app)
    run_app(app, "plenum")


if __name__ == "__main__":
    main()

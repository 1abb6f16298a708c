"""`python -m kiosk kiosk …` and `python -m kiosk scrutineer …`, without the other commands of `plenum`."""

import typer

from kiosk.command import register as register_kiosk
from kiosk.scrutineer_command import register as register_scrutineer
from tally.cli.ending import run_app


def main() -> None:
    """Run a station; an error that a person can mend is one sentence and exit code 2."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    register_kiosk(app)
    register_scrutineer(app)
    run_app(app, "plenum")


if __name__ == "__main__":
    main()

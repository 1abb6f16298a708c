"""The `plenum` command.

Every command is imported when it is called and not before: `plenum verify` runs without the web packages and does not
wait for typesetting. Those of the other packages (server, stations, demonstration) come through the entry points
`plenum.commands`.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

import typer
from typer.core import TyperGroup

from tally.cli.ending import EXIT_BAD_INPUT, run_app

ENTRY_POINT_GROUP = "plenum.commands"
OWN: Final = (
    "verify",
    "decide",
    "simulate",
    "roll",
    "report",
    "board",
    "rules",
    "continue",
    "bench",
    "doctor",
    "certificate",
)
"""The commands of this package; `verify` is in `verify_command.py`, and so on."""

HELP = "Plenum: secret and verifiable voting for assemblies that meet in one hall."


def _commands() -> dict[str, EntryPoint]:
    own = {name: EntryPoint(name, f"tally.cli.{name}_command:register", ENTRY_POINT_GROUP) for name in OWN}
    return {**{point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}, **own}


class PlenumGroup(TyperGroup):
    """A command group that imports commands when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return sorted(_commands())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        point = _commands().get(cmd_name)
        if point is None:
            return None
        try:
            register = point.load()
        except ImportError as error:
            missing = f"plenum {cmd_name} needs a package that is not installed ({error.name})"
            message = f"{missing}; install plenum[web,station,load]"
            return typer.main.get_command(_unavailable(cmd_name, message))
        app = typer.Typer(add_completion=False)
        register(app)
        loaded = typer.main.get_command(app)
        return loaded.get_command(ctx, cmd_name) if isinstance(loaded, TyperGroup) else loaded


def _unavailable(name: str, message: str) -> typer.Typer:
    app = typer.Typer(add_completion=False)

    @app.command(name=name, help=message)
    def unavailable() -> None:
        typer.echo(message, err=True)
        raise typer.Exit(EXIT_BAD_INPUT)

    return app


def build_app() -> typer.Typer:
    """The command with the subcommands of all packages."""
    app = typer.Typer(
        cls=PlenumGroup, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=HELP
    )

    @app.callback()
    def plenum() -> None:
        """Only its subcommands do anything."""

    return app


def main() -> None:
    """Run `plenum`. Errors that a person can mend are one sentence on standard error and exit code 2."""
    run_app(build_app(), "plenum")

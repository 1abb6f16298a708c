"""The `plenum` command.

The commands of this package are always there. Those of the other packages (server, stations, demonstration) come
through the entry
points `plenum.commands` and are imported only when they are called, so that `plenum verify` runs without the web
packages.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

import typer
from typer.core import TyperGroup

from tally.cli import (
    bench_command,
    continue_command,
    decide_command,
    doctor_command,
    report_command,
    roll_command,
    rules_command,
    simulate_command,
    verify_command,
)
from tally.cli.ending import EXIT_BAD_INPUT, run_app

ENTRY_POINT_GROUP = "plenum.commands"
HELP = "Plenum: secret and verifiable voting for assemblies that meet in one hall."


def _plugins() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}


class PlenumGroup(TyperGroup):
    """A command group that imports the commands of other packages when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted({*super().list_commands(ctx), *_plugins()})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None or cmd_name not in _plugins():
            return command
        try:
            register = _plugins()[cmd_name].load()
        except ImportError as error:
            message = (
                f"plenum {cmd_name} needs a package that is not installed ({error.name}); install plenum[web,load]"
            )
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
    """The command with the subcommands of this package."""
    app = typer.Typer(
        cls=PlenumGroup, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=HELP
    )
    for module in (
        verify_command,
        decide_command,
        simulate_command,
        roll_command,
        report_command,
        rules_command,
        continue_command,
        bench_command,
        doctor_command,
    ):
        module.register(app)
    return app


def main() -> None:
    """Run `plenum`. Errors that a person can mend are one sentence on standard error and exit code 2."""
    run_app(build_app(), "plenum")

"""`plenum continue`: from the sealed record of a session to the folder of the next one."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from tally.cli.files import read_folder
from tally.cli.verify_command import show_report, verify_file_with_state
from tally.continuing import continue_session
from tally.plan import read_plan
from tally.roll.change import is_day
from tally.verify.report import EXIT_FINDINGS
from voting_core.errors import InputError

_OTHER_FOLDER: Final = "Name a folder that is not there yet with --out"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, whole or not at all.

    Raises:
        InputError: there is something of this name already, or the disk refuses.
    """
    refuse_existing(folder)
    temporary = folder.with_name(f".{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        temporary.rename(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise InputError(str(folder), f"cannot be made ({error.strerror})", _OTHER_FOLDER) from error


def refuse_existing(folder: Path) -> None:
    """Refuse a name that is taken, also by a link that leads nowhere.

    Raises:
        InputError: it is.
    """
    if folder.exists() or folder.is_symlink():
        raise InputError(str(folder), "is there already", _OTHER_FOLDER)


def register(app: typer.Typer) -> None:
    """Add `plenum continue`."""

    @app.command("continue")
    def continue_from(
        record: Annotated[Path, typer.Argument(metavar="RECORD", help="the record.zip of the earlier session")],
        earlier: Annotated[Path, typer.Option("--from", metavar="DIR", help="the folder of the earlier session")],
        out: Annotated[Path, typer.Option(metavar="DIR", help="the folder of the next session, which is made")],
        fingerprint: Annotated[
            str | None, typer.Option(help="the session fingerprint that was read aloud and printed")
        ] = None,
        date: Annotated[str, typer.Option(metavar="DATE", help="the day of the next session, YYYY-MM-DD")] = "",
    ) -> None:
        """Make the folder of the next session from a sealed record. Exit 1 where the record has findings."""
        if date and not is_day(date):
            raise InputError("--date", f'"{date}" is not a day', "Write it as YYYY-MM-DD")
        refuse_existing(out)
        plan = read_plan(read_folder(earlier))
        report, state = verify_file_with_state(record, fingerprint, None, Console(stderr=True))
        show_report(report, Console())
        if report.total_findings:
            raise typer.Exit(EXIT_FINDINGS)
        try:
            files = continue_session(state, plan, date)
        except InputError as error:
            place = {"RECORD": str(record), "--from": str(earlier)}.get(error.place, error.place)
            raise InputError(place, error.problem, error.remedy) from error
        write_folder(out, files)
        typer.echo(f"已生成下次会议的目录，请填写 {out / 'session.toml'}")
        typer.echo(f"The folder of the next session is made; fill {out / 'session.toml'}")
        for name in files:
            typer.echo(f"  {out / name}")

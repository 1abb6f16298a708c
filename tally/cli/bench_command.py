"""`plenum bench`: milliseconds and bytes per ballot, each with its limit."""

import json
import os
import platform
import subprocess
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tally.cli.bench.figure import SKIPPED, Figure
from tally.cli.bench.worker import FULL_ONLY, WORKERS


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def measure(name: str) -> list[Figure]:
    """Run one worker in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tally.cli.bench.worker", name], capture_output=True, check=False, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"the measurement {name} failed:\n{done.stderr}")
    return [Figure(**figure) for figure in json.loads(done.stdout)]


def _show(figures: list[Figure]) -> None:
    table = Table()
    for heading in ("figure", "value", "limit", "", "note"):
        table.add_column(heading, no_wrap=heading != "note", overflow="fold")
    for figure in figures:
        bound = "" if not figure.limit else f"{'≥' if figure.at_least else '≤'} {figure.limit:g} {figure.unit}"
        mark = "" if not figure.limit else ("✓" if figure.ok else "✗")
        value = "skipped" if figure.note.startswith(SKIPPED) else f"{figure.value:,.2f} {figure.unit}"
        table.add_row(figure.name, value, bound, mark, figure.note.removeprefix(SKIPPED))
    console = Console()
    console.print(_machine())
    console.print(table)


def register(app: typer.Typer) -> None:
    """Add `plenum bench`."""

    @app.command()
    def bench(
        as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
        full: Annotated[bool, typer.Option("--full", help="also what takes minutes more")] = False,
        only: Annotated[str, typer.Option(help="one measurement: " + ", ".join(WORKERS))] = "",
    ) -> None:
        """Measure encryption, verification, aggregation and decryption, and print each figure beside its limit."""
        if only and only not in WORKERS:
            raise typer.BadParameter(f"{only} is none of {', '.join(WORKERS)}")
        names = [only] if only else [name for name in WORKERS if full or name not in FULL_ONLY]
        figures = []
        for name in track(names, "measuring", console=Console(stderr=True), disable=as_json):
            figures.extend(measure(name))
        if as_json:
            rows = [
                {"limit": f.limit, "name": f.name, "note": f.note, "ok": f.ok, "unit": f.unit, "value": f.value}
                for f in figures
            ]
            print(json.dumps({"figures": rows, "machine": _machine()}, ensure_ascii=False))
        else:
            _show(figures)
        if not all(figure.ok for figure in figures):
            raise typer.Exit(1)

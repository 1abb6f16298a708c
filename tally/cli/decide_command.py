"""`plenum decide`: the rule engine alone, on a file of cases."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from tally.cli.files import read_file
from tally.decide.cases import CaseResult, parse_cases, run_cases
from voting_core.errors import InputError

EXIT_BAD_CASE: Final = 1
MAX_FILE_BYTES: Final = 64 * 1024 * 1024


def as_json(results: Sequence[CaseResult]) -> str:
    """The results as `--json` prints them."""
    return json.dumps([result.to_json() for result in results], ensure_ascii=False, indent=2)


def as_text(results: Sequence[CaseResult]) -> str:
    """The results for people: what came out, and the steps that led to it in Chinese and English."""
    lines: list[str] = []
    for result in results:
        lines.append(f"{result.id}  {result.title}".rstrip())
        if result.error:
            lines.append(f"  错误 error: {result.error}")
        for key, value in result.result.items():
            lines.append(f"  {key}: {json.dumps(value, ensure_ascii=False)}")
        for step in result.steps:
            lines += [f"  · {step.cited_zh}", f"    {step.cited_en}"]
        lines.append("")
    bad = sum(bool(result.error) for result in results)
    lines.append(f"共 {len(results)} 例，{bad} 例有误  {len(results)} cases, {bad} with errors")
    return "\n".join(lines)


def register(app: typer.Typer) -> None:
    """Add `plenum decide`."""

    @app.command()
    def decide(
        cases: Annotated[Path, typer.Argument(metavar="CASES.json", help="a file of cases, as in examples/cases")],
        as_json_: Annotated[bool, typer.Option("--json", help="print the results as JSON")] = False,
    ) -> None:
        """Decide the cases of a file by the rules alone, without ballots, keys or a log."""
        data = read_file(cases, MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise InputError(str(cases), f"has more than {MAX_FILE_BYTES} bytes", "Split it into several files")
        results = run_cases(parse_cases(data, str(cases)), str(cases))
        # Bytes, because names are Chinese whatever the locale of the terminal says.
        typer.echo((as_json(results) if as_json_ else as_text(results)).encode("utf-8"))
        if any(result.error for result in results):
            raise typer.Exit(EXIT_BAD_CASE)

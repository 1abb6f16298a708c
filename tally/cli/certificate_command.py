"""`plenum certificate`: whether a certificate of destruction belongs to a record, and what it states."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from tally.cli.reading import read_file
from tally.cli.verify_command import verify_file_with_state
from tally.destruction import MAX_CERTIFICATE_BYTES, check_certificate
from tally.record.read import RecordReader
from voting_core.errors import InputError


def register(app: typer.Typer) -> None:
    """Add `plenum certificate`."""

    @app.command()
    def certificate(
        file: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="the certificate.json")],
        record: Annotated[Path, typer.Option(help="the record.zip of the session")],
        fingerprint: Annotated[
            str | None, typer.Option(help="the session fingerprint that was read aloud and printed")
        ] = None,
    ) -> None:
        """Check a certificate of destruction against the record, which is verified first."""
        console = Console(stderr=True)
        data = read_file(file, MAX_CERTIFICATE_BYTES)
        report, state = verify_file_with_state(record, fingerprint, None, console)
        if report.exit_code:
            raise InputError(str(record), "has findings, so nothing is checked against it", "Run plenum verify on it")
        found = check_certificate(data, state, _last(record))
        for line in (
            f"✓ 证明与记录相符 the certificate belongs to the record: {state.facts.title}",
            f"  依据 by: 日志第 {found.index} 条 session.destroyed，工作人员签名 officials "
            + "，".join(key.hex()[:16] for key in found.officials),
            f"  联署的监票人 cosigned by scrutineers: {', '.join(map(str, found.witnesses)) or '—'}",
            f"  日期 date: {found.date}；已销毁 destroyed: {sum(found.rows.values())} 行 rows，"
            + (", ".join(found.files) or "—"),
        ):
            Console().print(Text(line), soft_wrap=True)
        if not report.anchored:
            Console().print(Text("! 未核对指纹 unanchored: give --fingerprint"), soft_wrap=True)


def _last(record: Path) -> bytes:
    """The last entry of a record that was verified."""
    last = b""
    with record.open("rb") as source:
        for raw in RecordReader(source).entries():
            last = raw
    return last

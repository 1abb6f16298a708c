"""`plenum backup`, `plenum restore`, `plenum export` and `plenum destroy`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from api.configuration import configure
from api.keeping.backup import make_backup
from api.keeping.destroy import CERTIFICATE_TEXT, destroy_session
from api.keeping.export import export_session
from api.keeping.restore import restore_backup
from api.settings import Settings
from tally.cli.output import RECORD, REPORTS
from tally.cli.passphrase import choose_passphrase, read_passphrase
from tally.cli.show import show_unprinted
from tally.cli.system import SystemRng, unix_time

Data = Annotated[Path | None, typer.Option(help="the folder of the session; else that of the settings")]
Database = Annotated[str | None, typer.Option(help="postgresql://user@host/name; else that of the settings")]
Config = Annotated[Path | None, typer.Option(help="the settings file; else plenum.toml here")]
PassphraseFile = Annotated[
    Path | None, typer.Option(help="file whose first line is the passphrase of the keys; else it is asked for")
]
WithoutKeys = Annotated[bool, typer.Option("--without-keys", help="leave the server's keys out")]

WITHOUT_KEYS = (
    "! 不含服务密钥：恢复后只能查看，不能继续会议；请另行保管密钥文件 "
    "without the server's keys: a restored server cannot go on with the session unless its key files are put beside it"
)
OLDER = (
    "恢复的服务如果比各工作站见过的日志旧，工作站会拒绝它 "
    "stations refuse a restored server whose log is shorter than what they have seen"
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("export")(export)
    app.command("destroy")(destroy)


def backup(
    out: Annotated[Path, typer.Option(help="the new file")],
    data: Data = None,
    database: Database = None,
    config: Config = None,
    passphrase_file: PassphraseFile = None,
    without_keys: WithoutKeys = False,
) -> None:
    """Back up a session while its server runs. The log in the backup is replayed before it counts as made."""
    settings = _settings(data, database, config)
    passphrase = None if without_keys else choose_passphrase(passphrase_file)
    manifest = make_backup(settings, out, passphrase, SystemRng())
    _say(f"✓ 备份 backup: {out}，日志 {manifest.size} 条 entries，根 root {manifest.root}")
    if without_keys:
        _say(WITHOUT_KEYS)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the file that plenum backup wrote")],
    data: Annotated[Path, typer.Option(help="a new folder")],
    database: Annotated[str | None, typer.Option(help="an empty PostgreSQL; else the embedded database")] = None,
    config: Config = None,
    passphrase_file: PassphraseFile = None,
    without_keys: WithoutKeys = False,
) -> None:
    """Restore a backup into a new folder; the log is replayed and compared with what the backup says."""
    settings = _settings(data, database or "", config)
    passphrase = None if without_keys else read_passphrase(passphrase_file)
    done = restore_backup(file, settings, passphrase)
    _say(f"✓ 已恢复 restored: {data}，日志 {done.manifest.size} 条 entries，根 root {done.manifest.root}")
    _say(OLDER if done.with_keys else WITHOUT_KEYS)


def export(
    out: Annotated[Path, typer.Option(help="a folder for record, results and reports")],
    data: Data = None,
    database: Database = None,
    config: Config = None,
) -> None:
    """Write the record, results, tables and reports of a session from its data, without a server."""
    done = export_session(_settings(data, database, config), out)
    if done.simulated:
        _say("! 演练会议 this is a rehearsal (simulated session)")
    if not done.sealed:
        _say("! 会议尚未封存，这是目前为止的内容 the session is not sealed: this is what there is so far")
    for sentence in done.unprinted:
        show_unprinted(Console(), sentence)
    _say(f"✓ {out / RECORD}，{out / REPORTS}: 日志 {done.size} 条 entries in the log")


def destroy(
    out: Annotated[Path, typer.Option(help="a folder for the record and the certificate")],
    title: Annotated[str, typer.Option(help="the title of the session, typed to make sure that it is this one")],
    data: Data = None,
    database: Database = None,
    config: Config = None,
) -> None:
    """Erase what the server keeps beside the record: after session.destroyed is in the log and the retention is over.

    The server must be stopped. What is erased cannot be brought back; backups have to be destroyed by hand.
    """
    today = datetime.fromtimestamp(unix_time(), UTC).date()
    done = destroy_session(_settings(data, database, config), out, title, today)
    _say(f"✓ 已销毁 destroyed: {done.title}，{sum(done.rows.values())} 行 rows，{', '.join(done.files) or '—'}")
    _say(f"  证明 certificate: {out / CERTIFICATE_TEXT}；保留 kept: {out / RECORD}")
    _say("! 备份须另行销毁 backups have to be destroyed by hand")


def _settings(data: Path | None, database: str | None, config: Path | None) -> Settings:
    return configure({"data": data, "database": database}, os.environ, config).settings()


def _say(text: str) -> None:
    Console().print(Text(text), soft_wrap=True)

"""What `plenum doctor` says of the server: every setting with its value and who gave it, and what is wrong.

It changes nothing: a database that is not there yet is not made, and one that is there is looked at and left alone.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final

from api.configuration import Configuration, Value, configure
from api.pki.server import SOON_DAYS
from api.setting_names import SETTINGS, Kind, Setting
from api.settings import Settings
from api.store.database import database_at
from api.store.reader import Reader
from api.tls import check_reach, find_tls
from tally.cli.finding import Finding
from tally.cli.system import unix_time
from voting_core.errors import InputError, PlenumError

ORIGINS: Final = {"default": "默认 default"}


def findings(config: Path | None = None, folder: Path = Path()) -> tuple[Finding, ...]:
    """All findings for the settings that a server started here would have."""
    configuration = configure({}, os.environ, config, folder)
    found = [_setting(setting, configuration) for setting in SETTINGS]
    known = {setting.name for setting in SETTINGS}
    found += [_problem(name, error) for name, error in configuration.problems.items() if name not in known]
    if configuration.value("data") is None:
        return tuple(found)
    try:
        settings = configuration.settings()
    except InputError as error:
        if not configuration.problems:
            found.append(_problem("settings", error))
        return tuple(found)
    return (*found, _database(settings), _certificate(settings, configuration), *_private_files(settings))


def _setting(setting: Setting, configuration: Configuration) -> Finding:
    problem = configuration.problems.get(setting.name)
    if problem is not None:
        return _problem(setting.name, problem)
    value = configuration.values[setting.name]
    origin = ORIGINS.get(value.origin, value.origin)
    return Finding(setting.name, True, f"{shown(setting, value)} [{origin}] {setting.zh} {setting.en}", "")


def shown(setting: Setting, value: Value) -> str:
    """The value as a person reads it. No setting is secret: a connection URL with a password is refused."""
    match value.value:
        case None | "" | ():
            return "未设置 not set"
        case bool():
            return "true" if value.value else "false"
        case tuple() if setting.kind is Kind.KEYS:
            return ", ".join(key.hex() for key in value.value)
        case str() if setting.name == "database":
            # A URL that is refused may hold a password; it is not repeated even so.
            try:
                return database_at(Path(), value.value).name
            except InputError:
                return "（不显示 not shown）"
        case _:
            return str(value.value)


def _problem(name: str, error: InputError) -> Finding:
    return Finding(name, False, f"{error.place}: {error.problem}", error.remedy)


def _database(settings: Settings) -> Finding:
    """Whether the database can be used, without making or changing it."""
    name = "database server" if settings.database_url else "database"
    if not settings.database_url and not settings.database.exists():
        return Finding(name, True, f"{settings.database}: 启动时创建 will be made at the start", "")
    try:
        database = database_at(settings.database, settings.database_url)
        database.check()
        seen = database.name
        if not settings.database_url:
            seen += f"，日志 {Reader(database).size()} 条 entries in the log"
        database.close()
    except InputError as error:
        return _problem(name, error)
    except (sqlite3.Error, PlenumError) as error:
        return Finding(name, False, f"{settings.database}: {type(error).__name__}", "Restore it from a backup")
    return Finding(name, True, seen, "")


def _certificate(settings: Settings, configuration: Configuration) -> Finding:
    """Whether a server could be reached over the network, and for how long."""
    host, files = configuration.value("host"), (configuration.value("tls_cert"), configuration.value("tls_key"))
    try:
        tls = find_tls(settings.directory, *files, now=unix_time())
        check_reach(host, tls)
    except InputError as error:
        return _problem("certificate", error)
    if tls is None:
        return Finding("certificate", True, "没有，只供本机使用 none: this machine alone is served", "")
    seen = f"{tls.certificate_file}: {' '.join(tls.hosts)}，还有 {tls.days_left} 天到期 days left"
    return Finding("certificate", tls.days_left >= SOON_DAYS, seen, "plenum pki renew")


def _private_files(settings: Settings) -> tuple[Finding, ...]:
    """Files that only the server's account may read."""
    found = []
    for path in (settings.keys_file, settings.desk_token_file, settings.operator_token_file):
        if not path.exists():
            continue
        private = path.is_file() and not path.stat().st_mode & 0o077
        seen = f"{path}: " + ("仅本账户可读 private" if private else "其他账户可读 others may read it")
        found.append(Finding(path.name, private, seen, f"chmod 600 {path}"))
    return tuple(found)

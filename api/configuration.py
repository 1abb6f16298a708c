"""What a server is told: on the command line, in the environment, in a file, and what is assumed of the rest.

The first of these that names a setting decides:

1. an option of the command line;
2. an environment variable `PLENUM_…`;
3. the settings file: the one given with `--config` or `PLENUM_CONFIG`, else `plenum.toml` in the current folder;
4. the default.

A name that is no setting is refused, in the file as in the environment: a misspelt setting that is silently left out
is worse than a server that does not start. All problems are collected, so that `plenum doctor` can tell them all.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from api.setting_names import BY_NAME, SETTINGS, Kind, Setting
from api.settings import Settings
from voting_core.codec import unhex
from voting_core.errors import EncodingError, InputError

FILE: Final = "plenum.toml"
CONFIG_VARIABLE: Final = "PLENUM_CONFIG"
PREFIX: Final = "PLENUM_"

OTHERS: Final = frozenset({CONFIG_VARIABLE, "PLENUM_POOL"})
"""Variables with our prefix that are no settings of a server: where the file is, and the pool of the load tests."""

MAX_FILE_BYTES: Final = 100_000
"""A settings file has a page of text; more is another file."""

_FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a setting and who gave it."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings with their origins, and what is wrong with them by the setting's name (or that of its source)."""

    values: Mapping[str, Value]
    problems: Mapping[str, InputError] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a setting."""
        return self.values[name].value

    def settings(self) -> Settings:
        """The settings of the server.

        Raises:
            InputError: the first of the problems, or settings that do not go together.
        """
        for problem in self.problems.values():
            raise problem
        if self.value("data") is None:
            raise InputError(
                "data", "nobody said where the session's data are", f"Give --data DIR, or write data = … into {FILE}"
            )
        return Settings(
            directory=self.value("data"),
            database_url=self.value("database"),
            simulated=self.value("simulated"),
            second_factor=self.value("second_factor"),
            enrolment=self.value("enrolment"),
            officials=self.value("officials"),
            batch_size=self.value("batch_size"),
            queue_limit=self.value("queue_limit"),
            verify_threads=self.value("verify_threads"),
            verify_processes=self.value("verify_processes"),
            workers=self.value("workers"),
            log_json=self.value("log_json"),
            fast_backend=self.value("fast_backend"),
        )


def configure(
    options: Mapping[str, Any], environment: Mapping[str, str], file: Path | None = None, folder: Path = Path()
) -> Configuration:
    """Put together what was given; nothing is raised, problems are part of the result.

    `options` are those of the command line, None where not given; `folder` is where `plenum.toml` is looked for.
    """
    problems: dict[str, InputError] = {}
    values = {setting.name: Value(setting.default, "default") for setting in SETTINGS}
    path = file or (Path(environment[CONFIG_VARIABLE]) if environment.get(CONFIG_VARIABLE) else None)
    if path is None and (folder / FILE).exists():
        path = folder / FILE
    sources: list[tuple[str, dict[str, tuple[Any, str]]]] = []
    if path is not None:
        sources.append(("file", _from_file(path, problems)))
    sources.append(("environment", _from_environment(environment, problems)))
    sources.append(
        ("option", {name: (given, BY_NAME[name].option) for name, given in options.items() if given is not None})
    )
    for source, given in sources:
        for name, (raw, origin) in given.items():
            problems.pop(name, None)
            try:
                value = _read(BY_NAME[name], raw, origin)
            except InputError as error:
                problems[name] = error
                continue
            if source == "file" and path is not None and isinstance(value, Path):
                value = path.parent / value
            values[name] = Value(value, origin)
    return Configuration(values, problems)


def _from_file(path: Path, problems: dict[str, InputError]) -> dict[str, tuple[Any, str]]:
    try:
        data = path.read_bytes()[: MAX_FILE_BYTES + 1]
        if len(data) > MAX_FILE_BYTES:
            raise InputError(str(path), f"is larger than {MAX_FILE_BYTES} bytes", "Name the settings file")
        table = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        problems[str(path)] = InputError(str(path), f"cannot be read ({error.strerror})", "Name another settings file")
        return {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # The parser's message tells the line and quotes at most one character.
        problems[str(path)] = InputError(str(path), f"is not a settings file in TOML ({error})", "Mend that line")
        return {}
    except InputError as error:
        problems[str(path)] = error
        return {}
    for name in sorted(set(table) - set(BY_NAME)):
        problems[f"{path}: {name}"] = InputError(str(path), f"{name} is no setting", _nearest(name, list(BY_NAME)))
    return {name: (value, str(path)) for name, value in table.items() if name in BY_NAME}


def _from_environment(environment: Mapping[str, str], problems: dict[str, InputError]) -> dict[str, tuple[Any, str]]:
    known = {setting.variable: setting.name for setting in SETTINGS}
    ours = sorted(name for name in environment if name.startswith(PREFIX) and name not in OTHERS)
    for name in ours:
        if name not in known:
            problems[name] = InputError(name, "is no setting", _nearest(name, list(known)))
    return {known[name]: (environment[name], name) for name in ours if name in known}


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else "docs/settings.md lists all of them"


def _read(setting: Setting, raw: Any, origin: str) -> Any:
    """The value of a setting as it was given: TOML has types, the environment has text.

    Raises:
        InputError: it is of another kind, or out of bounds.
    """
    text = isinstance(raw, str)
    match setting.kind:
        case Kind.FOLDER | Kind.FILE if isinstance(raw, str | os.PathLike) and str(raw):
            return Path(raw)
        case Kind.TEXT if text:
            return raw
        case Kind.FLAG if isinstance(raw, bool):
            return raw
        case Kind.FLAG if text and raw.lower() in _FLAGS:
            return _FLAGS[raw.lower()]
        case Kind.NUMBER if (isinstance(raw, int) and not isinstance(raw, bool)) or (
            text and raw.isascii() and raw.isdigit()
        ):
            return _bounded(setting, int(raw), origin)
        case Kind.KEYS:
            return _keys(raw.replace(",", " ").split() if text else raw, origin)
        case _:
            raise InputError(origin, f"{setting.name} is a {setting.kind.value}", "Write it as docs/settings.md shows")


def _bounded(setting: Setting, number: int, origin: str) -> int:
    if not setting.low <= number <= setting.high:
        raise InputError(
            origin,
            f"{setting.name} = {number} is outside {setting.low} to {setting.high}",
            f"Give a number from {setting.low} to {setting.high}",
        )
    return number


def _keys(items: Any, origin: str) -> tuple[bytes, ...]:
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise InputError(origin, "officials are a list of public keys", 'Write officials = ["KEY", "KEY"]')
    keys = []
    for item in items:
        try:
            keys.append(unhex(item, 32, "officials"))
        except EncodingError as error:
            raise InputError(origin, f"{item} is not a public key of 64 hexadecimal digits", "Copy it again") from error
    if len(keys) not in (0, 2) or len(set(keys)) != len(keys):
        raise InputError(
            origin, f"{len(keys)} keys of officials given", "Give the keys of exactly two officials, or none"
        )
    return tuple(keys)

"""Fields of one TOML table, read strictly, with every problem noted instead of raised."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from tally.plan.problems import Problems, shown
from tally.plan.text import clean_text

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TomlFields:
    """One table of `session.toml`. Readers give a harmless value where they note a problem, so that reading goes on."""

    __slots__ = ("_problems", "_read", "_value", "where")

    def __init__(self, value: Mapping[str, Any], where: str, problems: Problems) -> None:
        self._value = value
        self._problems = problems
        self._read: set[str] = set()
        self.where = where

    def place(self, key: str) -> str:
        """Name a key as messages name it."""
        return f"{self.where}, key {key}"

    def has(self, key: str) -> bool:
        """Say whether a key is there."""
        return key in self._value

    def raw(self, key: str) -> Any:
        """The value of a key, None with a problem noted where it is missing."""
        self._read.add(key)
        if key not in self._value:
            self._problems.add(self.where, f"the key {key} is missing", f"Add a line {key} = …")
            return None
        return self._value[key]

    def text(self, key: str, *, form: re.Pattern[str] | None = None, hint: str = "") -> str:
        """Non-empty text, all of it matching `form`; `hint` says what the form allows."""
        value = self.raw(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._problems.add(self.place(key), f"{shown(value)} is not text", "Put it in quotation marks")
            return ""
        return self._filled(key, value, form, hint)

    def optional_text(self, key: str, *, form: re.Pattern[str] | None = None, hint: str = "") -> str:
        """As :meth:`text`; empty where the key is not there."""
        return self.text(key, form=form, hint=hint) if self.has(key) else ""

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of `allowed`; `default` where the key is not there, or required if there is no default."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if value is None or (isinstance(value, str) and value in allowed):
            return value or ""
        self._problems.add(self.place(key), f"{shown(value)} is not known", f"Write one of {', '.join(allowed)}")
        return ""

    def integer(self, key: str, lo: int, hi: int, default: int | None = None) -> int:
        """An integer in lo..hi; `default` where the key is not there."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if value is None:
            return lo
        if isinstance(value, bool) or not isinstance(value, int):
            self._problems.add(
                self.place(key), f"{shown(value)} is not a whole number", f"Write a number from {lo} to {hi}"
            )
            return lo
        if not lo <= value <= hi:
            self._problems.add(self.place(key), f"{value} is out of range", f"Write a number from {lo} to {hi}")
            return lo
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where the key is not there."""
        value = self.raw(key) if self.has(key) else False
        if not isinstance(value, bool):
            self._problems.add(self.place(key), f"{shown(value)} is neither true nor false", "Write true or false")
            return False
        return value

    def day(self, key: str) -> str:
        """A calendar day, as a TOML date or text, written YYYY-MM-DD."""
        value = self.raw(key)
        if value is None:
            return ""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        self._problems.add(self.place(key), f"{shown(str(value))} is not a day", "Write it as YYYY-MM-DD")
        return ""

    def names(self, key: str, *, empty: bool = False) -> tuple[str, ...]:
        """An array of texts, which may repeat; with `empty` they may be empty too."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self._problems.add(self.place(key), f"{shown(value)} is not a list of names", 'Write it as ["…", "…"]')
            return ()
        return tuple("" if empty and not name else self._filled(key, name, None, "") for name in value)

    def done(self) -> None:
        """Note the keys that nobody read: a mistyped key must not be ignored."""
        unknown = [key for key in self._value if key not in self._read]
        known = ", ".join(sorted(self._read))
        for key in unknown:
            self._problems.add(
                self.where, f"the key {shown(key)} is not known", f"Remove or correct it; known here: {known}"
            )

    def _filled(self, key: str, value: str, form: re.Pattern[str] | None, hint: str) -> str:
        text = clean_text(self.place(key), value, self._problems)
        if not text:
            self._problems.add(self.place(key), "is empty", "Write its text")
        elif form is not None and not form.fullmatch(text):
            self._problems.add(self.place(key), f"{shown(text)} has another form", f"Use {hint or form.pattern}")
        return text

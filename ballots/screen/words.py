"""Sentences in the two languages of the screens: Simplified Chinese first, English at a touch."""

from enum import StrEnum
from typing import NamedTuple, Protocol


class Language(StrEnum):
    """A language of the screens; the value is its short name in a cookie or an address."""

    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `<html lang>`."""
        return "zh-Hans" if self is Language.ZH else "en"

    @property
    def other(self) -> "Language":
        """The language that the switch offers."""
        return Language.EN if self is Language.ZH else Language.ZH


class Bilingual(Protocol):
    """Anything with a Chinese and an English text, such as the title of a contest."""

    @property
    def zh(self) -> str:
        """The Chinese text."""

    @property
    def en(self) -> str:
        """The English text; empty where nobody gave one."""


class Said(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def filled(self, **values: object) -> "Said":
        """The sentence with values put into its `{places}`."""
        return Said(self.zh.format(**values), self.en.format(**values))


def times(number: int) -> str:
    """How often, in English: `once`, `3 times`."""
    return "once" if number == 1 else f"{number} times"


def in_language(said: Bilingual, language: Language) -> str:
    """The text in one language. A title without an English text keeps its Chinese one: it is somebody's own words."""
    return said.en or said.zh if language is Language.EN else said.zh


def read_language(text: str | None) -> Language | None:
    """A language by its short name; None for anything else."""
    return Language(text) if text in tuple(Language) else None

"""What is told of an entry."""

from dataclasses import dataclass

from ballots.screen.words import Said


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and facts beside it: a label and what was written."""

    said: Said
    facts: tuple[tuple[Said, str], ...] = ()


def about(title: Said, zh: str, en: str, facts: tuple[tuple[Said, str], ...] = ()) -> Told:
    """A sentence about a contest: its title stands where `{contest}` is, whatever signs the title itself has."""
    return Told(Said(zh.replace("{contest}", title.zh), en.replace("{contest}", title.en)), facts)

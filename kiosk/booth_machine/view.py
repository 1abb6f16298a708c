"""How one delegate wants the screen: language, size of letters, contrast, names at a time. Forgotten with the turn."""

from dataclasses import dataclass, replace
from typing import Any, Final

from ballots.screen.ballot import NAMES_AT_A_TIME
from ballots.screen.words import Language
from voting_core.errors import StateError


@dataclass(frozen=True, slots=True)
class View:
    """What was chosen. `names` is how many rows are shown at a time, at most."""

    language: Language = Language.ZH
    large: bool = False
    contrast: bool = False
    names: int = NAMES_AT_A_TIME[0]

    def chosen(self, what: str, value: str) -> "View":
        """The view with one thing chosen.

        Raises:
            StateError: there is no such choice.
        """
        change = _CHOICES.get((what, value))
        if change is None:
            raise StateError("there is no such choice for the screen")
        return replace(self, **change)


PLAIN: Final = View()
"""As every delegate finds it."""

_CHOICES: Final[dict[tuple[str, str], dict[str, Any]]] = {
    **{("language", language.value): {"language": language} for language in Language},
    **{("size", value): {"large": value == "large"} for value in ("normal", "large")},
    **{("contrast", value): {"contrast": value == "high"} for value in ("normal", "high")},
    **{("names", str(count)): {"names": count} for count in NAMES_AT_A_TIME},
}

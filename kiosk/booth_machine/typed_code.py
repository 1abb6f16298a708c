"""A card's code while it is typed at the pad: groups of four, of which only the one that is being typed is shown.

Whoever stands behind sees four characters at most. A slip is mended by touching its group and comparing it.
"""

from dataclasses import dataclass, replace
from typing import Final

from ballots.card import CODE_CHARACTERS
from ballots.crockford import ALPHABET, GROUP
from voting_core.errors import StateError

GROUPS: Final = CODE_CHARACTERS // GROUP
BACK: Final = "back"
"""The key that takes the last character away."""


@dataclass(frozen=True, slots=True)
class TypedCode:
    """The groups so far, and the one that is shown. In texts of this object nothing of them is seen."""

    groups: tuple[str, ...] = ("",) * GROUPS
    at: int = 0

    def __repr__(self) -> str:
        return f"TypedCode(at={self.at})"

    def key(self, key: str) -> "TypedCode":
        """Press a key of the pad. A full group that is typed into begins anew.

        Raises:
            StateError: the pad has no such key.
        """
        if key == BACK:
            at = self.at if self.groups[self.at] or not self.at else self.at - 1
            return self._with(at, self.groups[at][:-1])
        if len(key) != 1 or key not in ALPHABET:
            raise StateError("the pad has no such key")
        group = self.groups[self.at]
        typed = self._with(self.at, key if len(group) == GROUP else group + key)
        return typed if len(typed.groups[self.at]) < GROUP else replace(typed, at=typed._next())

    def look(self, group: int) -> "TypedCode":
        """Show another group, to compare or mend it.

        Raises:
            StateError: a code has no such group.
        """
        if not 0 <= group < GROUPS:
            raise StateError("a code has no such group")
        return replace(self, at=group)

    @property
    def text(self) -> str:
        """The code when it is complete; empty before."""
        code = "".join(self.groups)
        return code if len(code) == CODE_CHARACTERS else ""

    def _with(self, at: int, group: str) -> "TypedCode":
        return TypedCode((*self.groups[:at], group, *self.groups[at + 1 :]), at)

    def _next(self) -> int:
        """The next group that is not full; the same when all are."""
        order = [*range(self.at + 1, GROUPS), *range(self.at + 1)]
        return next((number for number in order if len(self.groups[number]) < GROUP), self.at)


UNTYPED: Final = TypedCode()
"""Nothing typed yet."""

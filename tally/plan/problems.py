"""Everything that is wrong with a person's files, gathered before anything is refused.

A person who mends a table wants all of its errors at once, and nothing of it is used while one is left.
"""

from collections.abc import Sequence
from typing import Final

from voting_core.errors import InputError

MAX_SHOWN: Final = 50
"""More problems than this are counted, not shown: the first ones are usually the cause of the rest."""


class InputErrors(InputError):
    """One or more problems of the same input; ``problems`` holds the first :data:`MAX_SHOWN`, ``total`` counts all."""

    def __init__(self, problems: Sequence[InputError], total: int) -> None:
        first = problems[0]
        super().__init__(first.place, first.problem, first.remedy)
        self.problems = tuple(problems)
        self.total = total

    def __str__(self) -> str:
        lines = [InputError.__str__(problem) for problem in self.problems]
        if self.total > len(self.problems):
            lines.append(f"and {self.total - len(self.problems)} more")
        return "\n".join(lines)


class Problems:
    """The collector that readers write to; :meth:`refuse` raises what was collected."""

    __slots__ = ("_found", "_most", "_total")

    def __init__(self, most: int | None = MAX_SHOWN) -> None:
        """`most` problems are kept, all of them with None: where each refused row of a table is listed."""
        self._found: list[InputError] = []
        self._most = most
        self._total = 0

    def add(self, place: str, problem: str, remedy: str) -> None:
        """Note one problem; the words are those of :class:`~voting_core.errors.InputError`."""
        self._total += 1
        if self._most is None or len(self._found) < self._most:
            self._found.append(InputError(place, problem, remedy))

    @property
    def count(self) -> int:
        """How many problems were noted so far."""
        return self._total

    @property
    def found(self) -> tuple[InputError, ...]:
        """The problems that were kept, in the order in which they were noted."""
        return tuple(self._found)

    def refuse(self) -> None:
        """Raise :class:`InputErrors` if a problem was noted."""
        if self._found:
            raise InputErrors(self._found, self._total)


def shown(value: object, limit: int = 40) -> str:
    """Quote a value from a file for a message: its beginning, with characters that cannot be seen written out."""
    text = value if isinstance(value, str) else repr(value)
    cut = text[:limit] + ("…" if len(text) > limit else "")
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut) + '"'

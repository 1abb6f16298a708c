"""Stroke sequences of characters from those of their parts, where the parts are written one after the other.

What a part looks like depends on where it stands: 车 is 1512 alone and 1521 on the left, 雨 is 12524444 alone and
14524444 on top. So the forms of parts are learnt first: where a character and all but one of its parts are known, what
is left is the form of that part in that place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

Parts: TypeAlias = tuple[str, tuple[str, ...]]
"""How parts stand, in the words of cjk-decomp, and the parts: ("a", 亻 and 车) across, ("d", 艹 and 早) downwards."""

Place: TypeAlias = tuple[str, bool]
"""How the parts stand, and whether this one is the first that is written."""

ACROSS, DOWN = "a", "d"
REPEATED = {"ra": 2, "rd": 2, "r3tr": 3, "r3a": 3, "r3d": 3}
AROUND_FIRST = {"stl": frozenset("厂广尸疒户虍鹿麻气老耂孝"), "st": frozenset("门鬥几風")}
"""Outer parts that are written before the inner part."""
AROUND_LAST = frozenset("辶⻌廴")
DEEPEST = 8


class Composer:
    """Sequences by parts. `known` has the certain sequences; `parts` may name parts that are no characters."""

    def __init__(self, known: Mapping[str, str], parts: Mapping[str, Parts]) -> None:
        self._known = known
        self._parts = parts
        self._forms: dict[str, dict[Place, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))

    def learn(self, characters: Iterable[str]) -> None:
        """Learn the forms of the parts of these characters, whose sequences are known."""
        for character in characters:
            self._weigh(character, 1)

    def without(self, character: str) -> str | None:
        """The sequence of a known character, composed as if nothing had been learnt from it."""
        self._weigh(character, -1)
        found = self.compose(character)
        self._weigh(character, 1)
        return found

    def shown(self, part: str) -> str | None:
        """What the characters that have it as a part show of one; None where they do not agree."""
        return self._most(part, None)

    def compose(self, character: str, depth: int = 0) -> str | None:
        """The sequence by parts; None where a part is not known or the parts are not written one after the other."""
        if character not in self._parts or depth > DEEPEST:
            return None
        how, parts = self._parts[character]
        if how in REPEATED and len(parts) == 1:
            whole = self._alone(parts[0], depth)
            return whole * REPEATED[how] if whole else None
        if how == "s" and parts[0] == "囗":
            inner = self._alone(parts[1], depth)
            return f"25{inner}1" if inner else None
        written = self._written(how, parts)
        last = len(written) - 1
        forms = [
            self._form(part, (how, place == 0), depth) if place in (0, last) else self._alone(part, depth)
            for place, part in enumerate(written)
        ]
        return "".join(form for form in forms if form) if forms and all(forms) else None

    def _written(self, how: str, parts: tuple[str, ...]) -> tuple[str, ...]:
        """The parts in the order in which they are written; nothing where they are not written one after the other."""
        if how in (ACROSS, DOWN) or (how in AROUND_FIRST and parts[0] in AROUND_FIRST[how]):
            return parts
        return (parts[1], parts[0]) if how == "sbl" and parts[0] in AROUND_LAST else ()

    def _alone(self, part: str, depth: int) -> str | None:
        return self._known.get(part) or self._most(part, None) or self.compose(part, depth + 1)

    def _form(self, part: str, place: Place, depth: int) -> str | None:
        """The form of a part in a place: as most characters show it, else as it is alone."""
        alone = self._known.get(part)
        if alone is None:
            return self._most(part, place) or self._alone(part, depth)
        forms = self._forms[part][place]
        best, votes = max(forms.items(), key=lambda item: item[1], default=(alone, 0))
        # A form of another length is more often a part that cjk-decomp names differently than a form of this part.
        return best if votes >= (2 if len(best) == len(alone) else 3) and votes > forms[alone] else alone

    def _most(self, part: str, place: Place | None) -> str | None:
        """What characters show of a part that is not known by itself: in this place, else anywhere; None if unclear."""
        here = self._forms[part]
        votes = +here[place] if place in here else Counter[str]()
        if not votes:
            votes = +sum(here.values(), Counter[str]())
        ranked = votes.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear else None

    def _weigh(self, character: str, weight: int) -> None:
        for part, place, form in self._shown(character):
            self._forms[part][place][form] += weight

    def _shown(self, character: str) -> Iterator[tuple[str, Place, str]]:
        """The forms that a character of two parts shows of each, where the other is known and stands as it is alone."""
        if character not in self._parts:
            return
        how, parts = self._parts[character]
        written, whole = self._written(how, parts), self._known[character]
        if len(written) != 2:
            return
        first, second = (self._known.get(part) for part in written)
        if second and whole.endswith(second) and whole != second:
            yield written[0], (how, True), whole[: -len(second)]
        if first and whole.startswith(first) and whole != first:
            yield written[1], (how, False), whole[len(first) :]

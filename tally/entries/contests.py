"""Bodies of rules, kiosks, contests and their attendance (SPEC §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import read_class, read_contest_id, read_counter, read_text
from voting_core.codec import Fields, JsonObject, canonical, hex32
from voting_core.framing import digest
from voting_core.params import MAX_BALLOTS, MAX_BOXES, Tag

POSTPONED: Final = "postponed"
"""缓议: the vote is put off before it opens, as when a serious question about a nominee is not cleared up."""

ABANDONED_FOR: Final = ("defect", "emergency", "cards", "key_lost", POSTPONED)
"""Why a contest is broken off: something in it is wrong, the hall is left, cards are missing, too few keys are left."""


@dataclass(frozen=True, slots=True)
class RulesAdopted:
    """A rule set, as the object that SPEC §9.7 decides by."""

    id: str
    rules: JsonObject

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; the rule set itself is read by replay."""
        return cls(read_text(fields, "id"), fields.object("rules"))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"id": self.id, "rules": self.rules}

    @property
    def rules_hash(self) -> bytes:
        """The hash by which contests name the rule set (SPEC §8.4)."""
        return rules_hash(self.rules)


def rules_hash(rules: JsonObject) -> bytes:
    """Give digest(RULES, JCS(rules)) (SPEC §8.4)."""
    return digest(Tag.RULES, canonical(rules))


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskRegistered:
    """A kiosk with its own key, and the ballot-box key that all kiosks share."""

    name: str
    kiosk: bytes
    box_key: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(name=read_text(fields, "name"), kiosk=fields.hex("kiosk", 32), box_key=fields.hex("box_key", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"box_key": hex32(self.box_key), "kiosk": hex32(self.kiosk), "name": self.name}


@dataclass(frozen=True, slots=True)
class ContestDefined:
    """A contest object (SPEC §4.1), not yet read."""

    contest: JsonObject

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; the contest itself is read by replay (V6.A, V6.D)."""
        return cls(fields.object("contest"))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest}


@dataclass(frozen=True, slots=True)
class ClassCards:
    """Cards of one class: drawn by delegates, and held by the scrutineers for tests."""

    class_id: str
    drawn: int
    test: int


@dataclass(frozen=True, slots=True)
class Box:
    """A ballot box of a contest counted by hand, and how many ballots were issued to those who vote at it."""

    box: str
    issued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceDeclared:
    """Who should attend, who is present, how many cards they have drawn, and which boxes take paper ballots."""

    contest: str
    should_attend: int
    present: int
    cards: tuple[ClassCards, ...]
    boxes: tuple[Box, ...] = ()

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; that classes and boxes are those of the contest is checked by replay."""
        cards = []
        for row in fields.rows("cards"):
            cards.append(ClassCards(read_class(row), read_counter(row, "drawn"), read_counter(row, "test")))
            row.done()
        boxes = []
        for row in fields.rows("boxes", max=MAX_BOXES):
            boxes.append(Box(read_text(row, "box"), read_counter(row, "issued")))
            row.done()
        return cls(
            contest=read_contest_id(fields),
            should_attend=fields.integer("should_attend", 1, MAX_BALLOTS),
            present=read_counter(fields, "present"),
            cards=tuple(cards),
            boxes=tuple(boxes),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "boxes": [{"box": box.box, "issued": box.issued} for box in self.boxes],
            "cards": [{"class": card.class_id, "drawn": card.drawn, "test": card.test} for card in self.cards],
            "contest": self.contest,
            "present": self.present,
            "should_attend": self.should_attend,
        }


@dataclass(frozen=True, slots=True)
class _ContestNamed:
    contest: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest}


class ContestOpened(_ContestNamed):
    """Voting begins."""

    __slots__ = ()


class ContestPaused(_ContestNamed):
    """Voting is interrupted."""

    __slots__ = ()


class ContestResumed(_ContestNamed):
    """Voting goes on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ContestAbandoned:
    """The contest is broken off for good; `reason` is one of ABANDONED_FOR."""

    contest: str
    reason: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.choice("reason", ABANDONED_FOR))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "reason": self.reason}

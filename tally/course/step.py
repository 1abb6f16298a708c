"""One step of a contest's course, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.screen.words import Said
from tally.entries.entry_type import EntryType


class Stands(StrEnum):
    """Whether a step is done, is the one that is due, comes later, or never comes."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    NEVER = "never"


class Deed(StrEnum):
    """What officials can do at a step."""

    ADOPT = "adopt"
    DEFINE = "define"
    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    COUNT = "count"
    SETTLE = "settle"
    DECLARE = "declare"
    PUBLISH = "publish"
    FOLLOW = "follow"
    REDUCE = "reduce"
    ABANDON = "abandon"


class StepKey(StrEnum):
    """The steps in the order of a contest's life. A contest counted by hand has SHEETS in place of four of them."""

    RULES = "rules"
    DEFINE = "define"
    CARDS = "cards"
    OPEN = "open"
    VOTE = "vote"
    REPORT = "report"
    VERIFY = "verify"
    DECRYPT = "decrypt"
    COUNT = "count"
    SHEETS = "sheets"
    OUTCOME = "outcome"
    SIGN = "sign"
    PUBLISH = "publish"
    NEXT = "next"


NAMES: Final[Mapping[StepKey, Said]] = {
    StepKey.RULES: Said("采用规则", "Adopt the rules"),
    StepKey.DEFINE: Said("确定表决事项", "Define the contest"),
    StepKey.CARDS: Said("表决卡和到会情况核对", "Cards and attendance add up"),
    StepKey.OPEN: Said("开始投票", "Open"),
    StepKey.VOTE: Said("投票，直到结束", "Voting, until it is closed"),
    StepKey.REPORT: Said("终端报告票数", "The kiosks report"),
    StepKey.VERIFY: Said("监票人核验", "The scrutineers verify"),
    StepKey.DECRYPT: Said("监票人解密总数", "The scrutineers decrypt the totals"),
    StepKey.COUNT: Said("写入票数", "Write the counts"),
    StepKey.SHEETS: Said("录入计票单", "Enter the count sheets"),
    StepKey.OUTCOME: Said("按规则得出结果", "The rules decide the outcome"),
    StepKey.SIGN: Said("监票人签署报告单", "The scrutineers sign the report"),
    StepKey.PUBLISH: Said("宣布和公布", "Announce and publish"),
    StepKey.NEXT: Said("后续表决", "What follows"),
}

TYPES: Final[Mapping[StepKey, tuple[EntryType, ...]]] = {
    StepKey.RULES: (EntryType.RULES_ADOPTED,),
    StepKey.DEFINE: (EntryType.CONTEST_DEFINED,),
    StepKey.CARDS: (EntryType.CREDENTIALS_ISSUED, EntryType.ATTENDANCE_DECLARED),
    StepKey.OPEN: (EntryType.CONTEST_OPENED,),
    StepKey.VOTE: (EntryType.CONTEST_PAUSED, EntryType.CONTEST_RESUMED, EntryType.CONTEST_CLOSED),
    StepKey.REPORT: (EntryType.KIOSK_REPORTED, EntryType.KIOSK_LOST),
    StepKey.VERIFY: (EntryType.RECORD_VERIFIED,),
    StepKey.DECRYPT: (EntryType.TALLY_COMMITTED, EntryType.TALLY_SHARED),
    StepKey.COUNT: (EntryType.TALLY_COUNTED,),
    StepKey.SHEETS: (EntryType.COUNT_ENTERED, EntryType.BOX_SETTLED),
    StepKey.OUTCOME: (EntryType.OUTCOME_DECLARED,),
    StepKey.SIGN: (EntryType.REPORT_SIGNED,),
    StepKey.PUBLISH: (EntryType.RESULT_PUBLISHED,),
    StepKey.NEXT: (EntryType.SEATS_REDUCED,),
}
"""The entries of which a step shows who signed them."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step. `missing` is what keeps it from being done, `then` what happens next, `deeds` what officials can do."""

    key: StepKey
    stands: Stands
    missing: tuple[Said, ...]
    then: Said
    deeds: tuple[Deed, ...]

    @property
    def name(self) -> Said:
        """What the step is called."""
        return NAMES[self.key]

    @property
    def types(self) -> tuple[EntryType, ...]:
        """The types of the entries that belong to the step."""
        return TYPES[self.key]


@dataclass(frozen=True, slots=True)
class Course:
    """All steps of a contest; `ended` says why it came to an early end, and is None where it did not."""

    steps: tuple[Step, ...]
    ended: Said | None = None

    @property
    def now(self) -> Step | None:
        """The step that is due; None when nothing is."""
        return next((step for step in self.steps if step.stands is Stands.NOW), None)

    @property
    def deeds(self) -> frozenset[Deed]:
        """Everything that officials can do now."""
        return frozenset(deed for step in self.steps for deed in step.deeds)

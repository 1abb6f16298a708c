"""Words for rule sets, Chinese and English: certainty, kinds of contests, marks, and bodies that are elected.

Commands, pages and reports take their words from here and from `tally.rules.parameters`, so that one thing has one
name everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and in English."""

    zh: str
    en: str


CERTAINTY_WORDS: Final[Mapping[str, Words]] = {
    "quoted": Words("据所读原文", "quoted from a text that was read"),
    "memory": Words("待核实：凭记忆，未对照原文", "unverified: from memory, not compared with the text"),
    "practice": Words("待核实：地方做法，各地不同", "unverified: local practice, which differs"),
    "design": Words("本系统的选择，无文可依", "our own choice where no text was found"),
}
"""How well something is attested; memory and practice are unverified."""

KIND_WORDS: Final[Mapping[str, Words]] = {
    "election": Words("选举", "elections"),
    "ticket_vote": Words("票决", "ticket votes"),
    "motion": Words("决议、确认等表决", "motions: resolutions, confirmations"),
    "evaluation": Words("测评", "evaluations"),
    "assessment": Words("考核、评优", "assessments and selections"),
    "questionnaire": Words("问卷", "questionnaires"),
}

MARK_WORDS: Final[Mapping[str, Words]] = {
    "approve": Words("赞成", "approve"),
    "agree": Words("同意", "agree"),
    "disapprove": Words("不赞成", "disapprove"),
    "abstain": Words("弃权", "abstain"),
    "chosen": Words("选", "chosen"),
    "not_chosen": Words("未选", "not chosen"),
}
"""Marks of elections, votes and questionnaires; grades are Chinese words themselves."""

BODY_WORDS: Final[Mapping[str, Words]] = {
    "": Words("其他各类", "all others"),
    "committee_member": Words("县委委员", "committee members"),
    "alternate_member": Words("候补委员", "alternate members"),
    "discipline_member": Words("纪委委员", "discipline commission members"),
    "standing_member": Words("常委", "standing committee members"),
    "secretary": Words("书记", "the secretary"),
    "deputy_secretary": Words("副书记", "deputy secretaries"),
    "higher_congress_delegate": Words("出席上级党代会代表", "delegates to the higher congress"),
    "county_delegate": Words("县党代会代表", "delegates to the county congress"),
}

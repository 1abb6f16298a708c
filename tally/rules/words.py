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

USE_WORDS: Final[Mapping[str, Words]] = {
    "county_congress_election": Words("县党代会选举", "elections of a county congress"),
    "committee_plenum_election": Words(
        "全委会选举常委、书记、副书记", "a plenum's elections of standing members and secretaries"
    ),
    "preselection_by_delegation": Words("分代表团预选", "pre-selections held by each delegation"),
    "unit_meeting": Words("选举单位选举县党代会代表", "meetings of units that elect county delegates"),
    "town_congress_election": Words("镇党代会选举", "elections of town congresses"),
    "superseded": Words("已废止，仅供仍沿用的县", "superseded: for counties that still use it"),
    "township_ticket_vote": Words("全委会票决乡镇党政正职人选", "a plenum's ticket votes on heads of townships"),
    "resolution": Words("决议", "resolutions"),
    "confirmation": Words("确认增补的代表", "confirming added delegates"),
    "recall": Words("罢免代表", "recalling a delegate"),
    "succession": Words("候补委员递补", "an alternate moving up"),
    "standing_committee_decision": Words("常委会表决", "votes of the standing committee"),
    "adopt_election_method": Words("通过选举办法", "adopting the election method"),
    "discipline_of_committee_member": Words("处分委员会成员", "punishing a committee member"),
    "trust_evaluation": Words("信任度测评", "trust evaluations"),
    "trust_evaluation_mid_term": Words("届中信任度测评", "trust evaluations at mid-term"),
    "trust_evaluation_end_of_term": Words("届末信任度测评", "trust evaluations at the end of the term"),
    "annual_assessment": Words("年度考核", "annual assessments"),
    "delegate_assessment": Words("代表考核", "assessments of delegates"),
    "appraisal_questioning": Words("评议质询部门和群团组织", "appraisals of departments and mass organisations"),
    "rating": Words("民意测验、评议", "opinion polls and appraisals"),
    "excellence_selection": Words("评优", "selections of the best"),
    "questionnaire": Words("问卷、意见征集", "questionnaires and collections of opinions"),
}
"""What packaged sets are for; a county may write other words."""

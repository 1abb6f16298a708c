"""The Chinese words that reports share: stages, orders, thresholds, articles, and what people still have to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ballots.contest import Stage
from tally.report.facts import ContestFacts
from tally.rules.ruleset import Certainty, RuleSet

_STAGE_WORDS: Final[Mapping[Stage, str]] = {
    Stage.NONE: "",
    Stage.FORMAL: "",
    Stage.PRESELECTION: "（预选）",
    Stage.RUNOFF: "（再次投票）",
    Stage.SUPPLEMENTARY: "（另行选举）",
}
_ELECTING: Final = "选举"
_NOMINEES: Final = "候选人预备人选"
_VOTE: Final = "表决"
_CHECKS: Final[Mapping[str, str]] = {
    "eligibility_of_written_in_person": "另选的人公布前须审查资格",
    "same_name_identity": "另选的人须核对同名同姓者的身份",
    "stroke_order": "个别姓名的笔画次序须由人核对",
    "superior_approved_order": "公布次序须按上级党委批准的次序核对",
    "tie_decided_by_presidium": "票数相等者由大会主席团决定",
    "exact_half": "赞成票恰为基数的一半，须核对所依据条文的表述",
    "small_cell": "有效票少于规定张数，测评结果不予显示",
    "empty_category": "有类别没有有效评价，须按办法处理",
    "verification_by_organisation": "触发标记的，须经组织核实；标记不等于结论",
    "undecided_selection": "名额末位比率相等，不得突破名额，须由大会主席团决定",
}
_UNCONFIRMED: Final = "（条文待核对）"
_POINTS_ALWAYS: Final = ("quorum", "returned")


def with_stage(facts: ContestFacts) -> str:
    """The title of a contest with its stage, unless the title says it already."""
    stage = _STAGE_WORDS[facts.stage]
    return facts.title if stage.strip("（）") in facts.title else facts.title + stage


def who_is_elected(title: str) -> str:
    """选举县委委员 or 县委委员候选人预备人选 as the head of a list: 县委委员."""
    return title.removeprefix(_ELECTING).removesuffix(_NOMINEES) or title


def result_title(title: str, word: str) -> str:
    """The title of a sheet of results; 表决 is not said twice."""
    return title.removesuffix(_VOTE) + word if word.startswith(_VOTE) else title + word


def needed(facts: ContestFacts, votes: int, verb: str) -> str:
    """How many votes are needed, and by which rule, in a sentence."""
    if facts.threshold is None:
        return f"再次投票以得票多的{verb}。"
    base, ratio = facts.threshold.base, facts.threshold.ratio
    number = facts.attendance.base(base)
    return f"{verb}所需票数：{ratio.zh}（以{base.zh} {number} 为基数），即不少于 {votes} 票。"


def articles(rules: RuleSet, points: Iterable[str]) -> tuple[str, ...]:
    """The articles behind these points, those that nobody has read in the original marked as such."""
    lines = [f"依据：{rules.name_zh}，第 {rules.version} 版。"]
    for point in dict.fromkeys((*_POINTS_ALWAYS, *points)):
        article = rules.article(point)
        if article is not None:
            doubt = "" if article.certainty is Certainty.QUOTED else _UNCONFIRMED
            lines.append(f"{article.zh}{doubt}。")
    return tuple(lines)


def checks(codes: Iterable[str]) -> tuple[str, ...]:
    """What people have to check before the document is used."""
    return tuple(f"待核对：{_CHECKS.get(code, code)}。" for code in codes)


def validity(facts: ContestFacts, act: str, paper: str) -> str:
    """Whether the vote is valid as a whole; `act` is 选举, 表决 or 测评, `paper` the word for its ballots."""
    attendance, sitting = facts.attendance, facts.outcome.sitting
    if not sitting.can_hold:
        return f"到会人数未达到规定人数，不能进行{act}。"
    if not sitting.ballots_in_order:
        if attendance.returned > attendance.issued:
            return f"收回的{paper}多于发出的{paper}，本次{act}无效，应重新投票。"
        return f"某一类别投出的票多于发出的票，本次{act}无效，应重新投票。"
    relation = "等于" if attendance.returned == attendance.issued else "少于"
    return f"收回的{paper}{relation}发出的{paper}，本次{act}有效。"

"""Every parameter of rule sets: what it is called, which article is behind it, and what each of its values means.

Pages, commands and the file that a county fills in follow these tables; a test compares them with what rule sets have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from tally.rules.election import ElectionRules
from tally.rules.evaluation import EvaluationRules
from tally.rules.families import Family
from tally.rules.motion import MotionRules
from tally.rules.questionnaire import QuestionnaireRules
from tally.rules.ticket_vote import TicketRules
from tally.rules.words import Words


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a rule set.

    `key` is its path in the rule set object, `point` that of the article behind it, "" where none is needed. `values`
    has the words of every allowed value, and is empty where numbers, thresholds, lists or texts are written.
    """

    key: str
    point: str
    label: Words
    values: Mapping[str, Words]

    @property
    def field(self) -> str:
        """The top-level field that holds it, which is what inheritance replaces."""
        return self.key.partition(".")[0]


def _parameter(key: str, point: str, zh: str, en: str, **values: tuple[str, str]) -> Parameter:
    return Parameter(key, point, Words(zh, en), {value: Words(*words) for value, words in values.items()})


DECIDES: Final = _parameter("decides", "", "可用于", "decides")
QUORUM: Final = _parameter("quorum", "quorum", "到会人数须达到", "quorum")
BLANK: Final = _parameter("blank_mark_means", "blank", "未填的一行作为", "an untouched line counts as")
PASS: Final = _parameter("pass", "pass", "通过须达到", "needed to pass")
RETURNED: Final = _parameter(
    "returned_must_be",
    "returned",
    "收回票数不得多于",
    "ballots returned at most",
    le_issued=("发出票数", "the ballots issued"),
    le_present=("实到会人数", "those present"),
)
RETENTION: Final = (
    _parameter("retention.days", "retention", "票和记录保存天数", "days that ballots and records are kept"),
    _parameter(
        "retention.destroy_needs_two_roles", "retention", "销毁须两个角色共同办理", "destroying them takes two roles"
    ),
)
NAMING: Final = (
    _parameter(
        "list_order",
        "list_order",
        "名单和选票上的顺序",
        "order of names on the ballot",
        stroke=("按姓氏笔画", "by strokes"),
        as_given=("按上级批准或表中的顺序", "as approved above or given in the table"),
    ),
    _parameter(
        "name_order",
        "name_order",
        "笔画排序方式",
        "how strokes are compared",
        surname_strokes=("姓氏笔画（单名在前）", "surname strokes: one-character given names first"),
        full_name_strokes=("姓名笔画（逐字比较）", "full-name strokes: character by character"),
    ),
    _parameter("stroke_table", "name_order", "笔画字表", "table of strokes"),
)
_ORDERS: Final = {
    "stroke": ("按姓氏笔画", "by strokes"),
    "votes_then_stroke": ("按得票多少，相等的按笔画", "by votes, equal ones by strokes"),
    "superior_approved_order": ("按上级批准的顺序", "in the order approved above"),
}
WRITE_IN_ALLOWED: Final = _parameter("write_in.allowed", "write_in", "可否另选他人", "other persons may be written in")
ELECTION: Final = (
    _parameter("elect", "elect", "当选须得赞成票", "approvals needed to be elected"),
    _parameter("preselect", "preselect", "预选须得赞成票", "approvals needed in a pre-selection"),
    RETURNED,
    WRITE_IN_ALLOWED,
    _parameter(
        "write_in.requires",
        "write_in",
        "谁可以另选他人",
        "who may write in",
        disapprove=("投了不赞成票的", "who disapproves of a candidate"),
        disapprove_or_abstain=("投了不赞成票或弃权票的", "who disapproves or abstains"),
        nothing=("任何选举人", "everybody"),
    ),
    _parameter(
        "write_in.max",
        "write_in_max",
        "另选人数",
        "how many may be written in",
        per_disapproved_candidate=("每不赞成一名，可另选一名", "one for each candidate disapproved of"),
        seats=("不超过应选名额", "as many as there are seats"),
    ),
    _parameter(
        "write_in.unmarked",
        "write_in_unmarked",
        "写了姓名而未划符号的",
        "a written name without a mark",
        abstain_item=("该行作弃权", "is an abstention on that line"),
        invalidate_ballot=("全票无效", "makes the ballot void"),
    ),
    _parameter(
        "write_in.without_disapprove",
        "write_in_violation",
        "违反另选规定的",
        "a broken write-in rule",
        ignore_item=("所写姓名不计", "drops the written lines"),
        invalidate_ballot=("全票无效", "makes the ballot void"),
    ),
    _parameter(
        "over_selected",
        "over_selected",
        "所选人数多于应选名额的纸票",
        "a paper ballot that selects more than the seats",
        whole_ballot_invalid=("全票无效", "is void"),
        lines_invalid=("各行均不计，票仍有效", "loses all its lines and stays valid"),
    ),
    _parameter(
        "blank_ballot",
        "blank_ballot",
        "一处未划的纸票（未填作弃权时）",
        "a paper ballot without any mark, where blank abstains",
        valid=("有效，全部弃权", "is valid and abstains throughout"),
        invalid=("无效", "is void"),
    ),
    _parameter(
        "tie_at_last_seat",
        "tie",
        "末位票数相等",
        "a tie at the last seat",
        runoff_among_tied=("就票数相等的再次投票", "is voted on again among the tied"),
        presidium_decides=("由大会主席团决定", "is decided by the presidium"),
    ),
    _parameter(
        "runoff_wins_by",
        "runoff",
        "再次投票时",
        "a run-off is won by",
        plurality=("得票多的当选", "the larger number"),
        threshold=("仍须达到当选票数", "the larger number that again reaches the threshold"),
    ),
    _parameter(
        "shortfall.options",
        "shortfall",
        "当选不足名额的办法",
        "when fewer are elected than seats",
        second_vote_among_unelected=("在未当选的得票多的人中另行选举", "a further vote among the unelected"),
        reduce_seats=("接近名额的，减少名额", "close to the number, fewer seats"),
        leave_vacant=("空缺", "seats stay empty"),
    ),
    _parameter(
        "shortfall.reduce_seats_needs",
        "shortfall",
        "减少名额须经",
        "fewer seats need the consent of",
        presidium_or_half_of_electors=("大会主席团决定，或半数以上选举人同意", "the presidium or half of the electors"),
        presidium=("大会主席团决定", "the presidium"),
        half_of_electors=("半数以上选举人同意", "half of the electors"),
    ),
    _parameter("order_members", "order_members", "当选名单的顺序", "order of the elected", **_ORDERS),
    _parameter(
        "order_alternates", "order_alternates", "当选候补委员的顺序", "order of the elected alternates", **_ORDERS
    ),
    *NAMING,
    _parameter(
        "announce_numbers",
        "announce_numbers",
        "得票数",
        "numbers of votes are told",
        none=("不公布", "nowhere"),
        report_only=("只写入得票情况报告单", "in the count report alone"),
        full=("宣布结果时公布", "also when the result is announced"),
    ),
    _parameter(
        "preselection_reports_to",
        "preselection_report",
        "预选结果报告",
        "a pre-selection is reported to",
        presidium_only=("大会主席团", "the presidium alone"),
        congress=("大会主席团和代表大会", "presidium and congress"),
    ),
    _parameter("surplus", "surplus", "差额", "surplus of candidates"),
    _parameter(
        "surplus_single_seat",
        "surplus_single_seat",
        "只选一名时的差额",
        "surplus for a single seat",
        ask=("由县里定，提醒", "is for the county to say; there is a warning"),
        required=("须有差额", "is required"),
        equal_number=("可以等额", "is not required"),
    ),
    _parameter("mark_legend", "mark_legend", "纸票上的符号", "signs on paper"),
)
TICKET: Final = (
    PASS,
    _parameter("options", "options", "可选意见", "choices"),
    RETURNED,
    WRITE_IN_ALLOWED,
    _parameter(
        "recusal",
        "recusal",
        "须回避的委员",
        "a member concerned",
        leave_deliberation_but_vote=("回避审议，参加表决", "leaves the deliberation and returns to vote"),
        leave_deliberation_and_vote_not=("回避审议，不参加表决", "leaves the deliberation and does not vote"),
    ),
    _parameter(
        "recused_base",
        "recused_base",
        "不参加表决的回避委员",
        "a recused member who does not vote",
        stays=("仍计入应到会人数", "stays in the number of those who should attend"),
        leaves=("不计入应到会人数", "leaves the number of those who should attend"),
    ),
    _parameter("alternates_vote", "voters", "候补委员有表决权", "alternates vote"),
    _parameter("proxy", "proxy", "可否委托或补投", "voting by another, or later"),
    _parameter(
        "renomination.second_try",
        "renomination",
        "未通过的再次提名",
        "a nominee who failed may be put forward again",
        separate_meeting=("须另行召开会议", "at another meeting"),
        any_meeting=("不限", "at any meeting"),
    ),
    _parameter(
        "renomination.after_two_failures",
        "renomination",
        "两次未通过的",
        "failing twice",
        barred_same_post=("不得再作为同一职务人选", "bars from the same post"),
        nothing=("不限", "has no effect"),
    ),
    *NAMING,
)
MOTION: Final = (PASS, RETURNED)
EVALUATION: Final = (
    _parameter("scale", "scale", "量表", "scale"),
    _parameter(
        "denominator",
        "denominator",
        "比率的分母",
        "rates are of",
        issued=("发出票数", "the ballots issued"),
        returned=("收回票数", "the ballots returned"),
        valid=("有效票数", "the valid ballots"),
        answered=("有效评价数", "the answers given"),
    ),
    _parameter("not_answered", "denominator", "不计入有效评价的等次", "grades that are no answer"),
    _parameter("weights", "weights", "指数的权重", "weights of the index"),
    _parameter("excluded_from_index", "weights", "不计入指数的等次", "grades left out of the index"),
    _parameter("indicators", "indicators", "比率", "rates"),
    _parameter("flags", "flags", "提示线", "flags"),
    _parameter("categories", "categories", "评价人类别和权重", "categories of evaluators and weights"),
    _parameter(
        "empty_category",
        "categories",
        "无人评价的类别",
        "a category in which nobody answered",
        refuse=("不计算综合指数", "stops the combined index"),
        renormalise=("不计，其余权重按比例放大", "is left out, the other weights grow"),
        zero=("按零分计", "counts zero"),
    ),
    _parameter("bands", "bands", "等次划分", "bands"),
    _parameter("selection", "selection", "评优", "selection under a quota"),
    _parameter("scopes", "scopes", "结果告知范围", "who is told what"),
    _parameter("smallest_cell", "smallest_cell", "公布所需最少有效票", "fewest valid ballots for a result"),
    RETURNED,
)
QUESTIONNAIRE: Final = (
    _parameter(
        "option_order",
        "option_order",
        "结果的顺序",
        "order of results",
        by_choices=("按选的人数多少", "by how often they were chosen"),
        as_listed=("按问卷上的顺序", "as listed"),
    ),
    RETURNED,
)


def parameters_of(family: Family) -> tuple[Parameter, ...]:
    """The parameters of a rule set of this family, in the order in which people read them."""
    match family:
        case ElectionRules():
            own: tuple[Parameter, ...] = ELECTION
        case TicketRules():
            own = TICKET
        case MotionRules():
            own = MOTION
        case EvaluationRules():
            own = EVALUATION
        case QuestionnaireRules():
            own = QUESTIONNAIRE
        case _:
            assert_never(family)
    return (DECIDES, QUORUM, *own[:1], BLANK, *own[1:], *RETENTION)


def all_parameters() -> tuple[Parameter, ...]:
    """The parameters of all families, each once."""
    every = (DECIDES, QUORUM, BLANK, *ELECTION, *TICKET, *MOTION, *EVALUATION, *QUESTIONNAIRE, *RETENTION)
    return tuple({one.key: one for one in every}.values())


def nearest_parameter(path: str) -> Parameter | None:
    """The parameter at a path of a rule set object, or the nearest one above it."""
    known = {one.key: one for one in all_parameters()}
    steps = path.split(".")
    return next((known[key] for n in range(len(steps), 0, -1) if (key := ".".join(steps[:n])) in known), None)

"""Where the instruments disagree, so that the point is a parameter: variants, our default, and the parameters."""

from dataclasses import dataclass
from typing import Final

from tally.rules.words import Words


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One point; `keys` are the parameters that settle it."""

    point: Words
    variants: Words
    default: Words
    keys: tuple[str, ...]


DISAGREEMENTS: Final = (
    Disagreement(
        Words("选举的到会人数", "election quorum"),
        Words(
            "党代会超过半数（地方2020）；五分之四以上（基层2020）；超过五分之四（1990，地方沿用）；全委会超过三分之二；票决三分之二以上",
            "congress more than 1/2 (local 2020); at least 4/5 (grass-roots 2020); more than 4/5 (1990, still copied); "
            "plenum more than 2/3; ticket vote at least 2/3",
        ),
        Words("按所依据的文件", "as the instrument says"),
        ("quorum",),
    ),
    Disagreement(
        Words("当选票数的基数", "base for being elected"),
        Words(
            "应到会（地方2020）；实到会（1990，仍有讲授）", "should attend (local 2020); present (1990, still taught)"
        ),
        Words("应到会", "should attend"),
        ("elect", "preselect"),
    ),
    Disagreement(
        Words("一行不划的意思", "meaning of a blank line"),
        Words("弃权；赞成", "abstains; approves"),
        Words("弃权，须县里确认", "abstains, to be confirmed"),
        ("blank_mark_means",),
    ),
    Disagreement(
        Words("符号", "mark symbols"),
        Words("○赞成×不赞成；×不赞成○弃权；涂框", "○ and ×; × and ○ for abstention; filled boxes"),
        Words("按县里选票", "as on the county's sheet"),
        ("mark_legend",),
    ),
    Disagreement(
        Words("谁可以另选他人、几名", "who may write in, and how many"),
        Words(
            "只有不赞成的；弃权的也可以；与不赞成人数挂钩或不挂钩",
            "disapprovers only; abstainers too; one for each disapproval, or free",
        ),
        Words("不赞成的，一对一", "disapprovers, one for one"),
        ("write_in.requires", "write_in.max"),
    ),
    Disagreement(
        Words("写了姓名未划符号", "unmarked written name"),
        Words("弃权；全票无效", "abstains; voids the ballot"),
        Words("弃权", "abstains"),
        ("write_in.unmarked",),
    ),
    Disagreement(
        Words("违反另选规定", "broken write-in rule"),
        Words("所写不计；全票无效", "drops the line; voids the ballot"),
        Words("所写不计", "drops the line"),
        ("write_in.without_disapprove",),
    ),
    Disagreement(
        Words("当选不足名额", "shortfall"),
        Words("另行选举；空缺；减少名额", "further vote; empty seats; fewer seats"),
        Words("另行选举，可减少名额", "further vote, or fewer seats"),
        ("shortfall.options", "shortfall.reduce_seats_needs"),
    ),
    Disagreement(
        Words("再次投票的当选", "winner of a run-off"),
        Words("得票多的；仍须过半数", "larger number; must again pass half"),
        Words("得票多的", "larger number"),
        ("runoff_wins_by",),
    ),
    Disagreement(
        Words("宣布的次序和得票数", "announced order and numbers"),
        Words(
            "笔画（委员）；得票再笔画（候补委员）；上级批准的顺序（书记等）；得票数宣布或不宣布",
            "strokes (members); votes then strokes (alternates); approved order (officers); numbers read out or not",
        ),
        Words("如左；得票数只入报告单", "as named; numbers in the report alone"),
        ("order_members", "order_alternates", "announce_numbers"),
    ),
    Disagreement(
        Words("笔画方式", "stroke mode"),
        Words("姓氏笔画；姓名笔画", "surname strokes; full-name strokes"),
        Words("姓氏笔画", "surname strokes"),
        ("name_order",),
    ),
    Disagreement(
        Words("补选一名的差额", "surplus for one seat"),
        Words("须有；可以等额", "required; equal number allowed"),
        Words("提醒，问县里", "warn, and ask"),
        ("surplus_single_seat",),
    ),
    Disagreement(
        Words("测评的分母", "evaluation denominator"),
        Words("有效票；收回票；有效评价数（是否含不了解）", "valid; returned; answered (with or without 不了解)"),
        Words("有效票", "valid"),
        ("denominator", "not_answered"),
    ),
    Disagreement(
        Words("“半数以上”", "半数以上"),
        Words("含本数；不含", "inclusive; strict"),
        Words("按字面含本数，恰为半数时提醒", "literal, with a warning on exact half"),
        ("pass",),
    ),
    Disagreement(
        Words("罢免代表由谁、以多少票决定", "who recalls a delegate, by what vote"),
        Words("未见规定", "not found"),
        Words("问县里", "ask"),
        ("pass",),
    ),
    Disagreement(
        Words("票决中回避的委员", "recused members in ticket votes"),
        Words("参加表决（2004）；不参加（一些地方）", "vote (2004); do not (some local rules)"),
        Words("参加表决，计入应到", "vote, and stay in the base"),
        ("recusal", "recused_base"),
    ),
    Disagreement(
        Words("票的保存和销毁", "retention and destruction"),
        Words("党内未见规定；人大一个月", "not found for the Party; people's congresses one month"),
        Words(
            "问县里；没有写明（0 天）的按人大的一个月，31 天内不能销毁；不自动销毁",
            "ask; where a set says nothing (0 days) the month of people's congresses: no destruction within 31 days; "
            "nothing is destroyed by itself",
        ),
        ("retention.days", "retention.destroy_needs_two_roles"),
    ),
    Disagreement(
        Words("测评结果的后果", "consequences of evaluations"),
        Words("三分之一、二分之一、三分之二等规定，或没有", "rules of 1/3, 1/2, 2/3, or none"),
        Words("只提示，由组织核实", "flags only, for the organisation to verify"),
        ("flags", "bands"),
    ),
)

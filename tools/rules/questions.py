"""The questions that a county must answer before it uses a rule set, and where it writes the answer."""

from dataclasses import dataclass
from typing import Final

from tally.rules.ruleset import RuleSet
from tally.rules.words import Words

COUNTED: Final = ("election", "ticket_vote", "motion")
RATED: Final = ("evaluation", "assessment")
ALL: Final = (*COUNTED, *RATED, "questionnaire")


@dataclass(frozen=True, slots=True)
class Question:
    """`kinds` are the contests that it blocks, `sets` the only rule sets that it is about (empty for all of a kind)."""

    text: Words
    where: Words
    kinds: tuple[str, ...]
    sets: tuple[str, ...] = ()

    def blocks(self, rules: RuleSet) -> bool:
        """Whether a rule set should not be used before this is answered."""
        return bool(set(self.kinds) & set(rules.decides)) and (not self.sets or rules.id in self.sets)


QUESTIONS: Final = (
    Question(
        Words(
            "县里通过的选举办法、票决办法、测评办法、代表资格规定，原文和条款是什么？何时、由谁通过？",
            "What do the county's own methods of election, voting and evaluation and its rule on credentials say, "
            "article by article? Who adopted them, and when?",
        ),
        Words(
            "本县规则文件的 `instrument`、`adopted_by`、`effective_from`、`articles`",
            "`instrument`, `adopted_by`, `effective_from` and `articles` of the county's own rule set",
        ),
        ALL,
    ),
    Question(
        Words(
            "选票上各种符号是什么意思？一行不划是赞成还是弃权？",
            "What do the signs on the county's ballots mean? Does a line without a sign approve or abstain?",
        ),
        Words("`mark_legend`、`blank_mark_means`", "`mark_legend` and `blank_mark_means`"),
        COUNTED,
    ),
    Question(
        Words(
            "每项表决的基数和票数要求是什么？到会人数是否有地方规定五分之四的？",
            "What are base and threshold of each vote? Does a local rule ask for a quorum of four fifths?",
        ),
        Words("`quorum`、`elect`、`preselect`、`pass`", "`quorum`, `elect`, `preselect`, `pass`"),
        COUNTED,
    ),
    Question(
        Words(
            "委员会选举是否接受无纸投票？有无书面决定？不接受的，哪些环节用纸票？",
            "Are paperless ballots accepted for committee elections, by which written decision? If not, which steps "
            "stay on paper?",
        ),
        Words(
            "`session.toml` 每项表决的 `capture`（`kiosk` 终端，`hand` 纸票人工计票）和 `write_ins`",
            "`capture` (`kiosk` or `hand`) and `write_ins` of each contest in `session.toml`",
        ),
        ("election",),
    ),
    Question(
        Words(
            "只补选一名时是否须有差额？",
            "Does a by-election for a single seat need more candidates than seats?",
        ),
        Words("`surplus_single_seat`", "`surplus_single_seat`"),
        ("election",),
    ),
    Question(
        Words(
            "是否选举候补委员？是否在委员之后选举，未当选的委员候选人是否转为候补委员候选人？",
            "Are alternates elected at all? After the members, with candidates who were not elected as members?",
        ),
        Words(
            '`session.toml` 中表决事项的先后、`body = "alternate_member"` 和候选人表',
            'the order of contests in `session.toml`, `body = "alternate_member"` and the table of candidates',
        ),
        ("election",),
        ("election_local_2020", "election_local_blank_approves", "preselection_by_delegation"),
    ),
    Question(
        Words(
            "须回避的委员是否参加表决？不参加的，是否计入应到会人数？未通过的能否再次提名？",
            "Does a member concerned vote? If not, does he stay in the base? May a nominee who failed be put forward "
            "again?",
        ),
        Words("`recusal`、`recused_base`、`renomination`", "`recusal`, `recused_base`, `renomination`"),
        ("ticket_vote",),
    ),
    Question(
        Words(
            "测评的量表、分母、评价人类别和权重、提示线、告知范围是什么？达到提示线怎么办？",
            "What are scale, denominator, categories and weights, thresholds and scope of publication? What happens "
            "at each threshold?",
        ),
        Words(
            "`scale`、`denominator`、`weights`、`categories`、`flags`、`bands`、`selection`、`scopes`、`smallest_cell`；"
            "达到提示线的处理不在系统内",
            "`scale`, `denominator`, `weights`, `categories`, `flags`, `bands`, `selection`, `scopes`, "
            "`smallest_cell`; what happens at a threshold is outside the system",
        ),
        RATED,
    ),
    Question(
        Words(
            "罢免代表由谁提出、由谁表决、须多少票、是否须经代表大会确认？",
            "Who moves the recall of a delegate, who votes, by what majority, and must the congress confirm it?",
        ),
        Words(
            "由 `recall_default` 复制的本县规则的 `quorum`、`pass`；名册变动记录的 `罢免` 一行",
            "`quorum` and `pass` of a county's set copied from `recall_default`; 罢免 in the changes of the roll",
        ),
        ("motion",),
        ("recall_default",),
    ),
    Question(
        Words(
            "用姓氏笔画还是姓名笔画？名单怎样印？得票数是否宣布？",
            "Surname strokes or full-name strokes? How are lists printed? Are numbers of votes announced?",
        ),
        Words(
            "`name_order`、`list_order`、`order_members`、`announce_numbers`；名单中的个别位次写在候选人表的 `排序` 列",
            "`name_order`, `list_order`, `order_members`, `announce_numbers`; single places in the column 排序",
        ),
        ("election", "ticket_vote"),
    ),
    Question(
        Words(
            "票、扫描件和电子记录保存多久、怎样销毁？结果数据定什么密级？",
            "How long are ballots, scans and records kept, and how destroyed? How is the result classified?",
        ),
        Words("`retention`；定密不在系统内", "`retention`; classification is outside the system"),
        ALL,
    ),
    Question(
        Words(
            "哪些文件由谁签字：总监票人、主席团、秘书长？上报哪一级？",
            "Who signs what: the chief scrutineer, the presidium, the secretary-general? Which copies go above?",
        ),
        Words(
            "`session.toml` 的 `[scrutineers]`（第一位为总监票人）；报告单上印有签名栏",
            "`[scrutineers]` in `session.toml`, the first as chief; reports have lines to sign",
        ),
        ALL,
    ),
)

"""A session that was held: its files, and what a simulation of it leaves."""

from functools import cache

from ballots.contest import Contest
from tally.plan import SessionPlan, contests, read_plan
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.simulate.inputs import Contested, Simulation
from tally.simulate.run import Simulated, simulate
from tests.support.seeded_rng import SeededRng

SESSION = """
[session]
id = "s-2"
title = '会"议'
kind = "congress"
date = 2026-12-08
place = "礼堂"
roll = "roll.csv"
roll_changes = "changes.csv"

[scrutineers]
threshold = 2
names = ["甲", "乙", "丙"]

[[contest]]
id = "alternates"
kind = "election"
title = "选举候补委员"
rule_set = "election_local_2020"
body = "alternate_member"
seats = 3
candidates = "alternates.csv"

[[contest]]
id = "mayors"
kind = "ticket_vote"
title = "票决镇长"
rule_set = "ticket_2004"
purpose = "recommendation"
candidates = "mayors.csv"

[[contest]]
id = "trust"
kind = "evaluation"
title = "信任度测评"
rule_set = "trust_default"
scale = "trust4"
subjects = "trust.csv"

[[contest]]
id = "report"
kind = "motion"
title = "决议"
rule_set = "resolution_default"
"""
ROLL = "编号,姓名,代表团,状态,备注\n" + "".join(
    f"{number},人{number},一团,{word},{'-' if number == 1 else ''}\n"
    for number, word in enumerate(["正常"] * 9 + ["请假", "终止"], 1)
)
CHANGES = (
    "变更号,编号,事项,生效日期,截止日期,决定机关,依据,记录日期,更正,经办\n"
    "c1,11,刑事羁押或立案审查,2026-05-01,,代表资格审查委员会,青资审〔2026〕1号,2026-05-02,,甲\n"
    "c2,11,去世,2026-06-01,,无须决定,民〔2026〕2号,2026-06-02,,\n"
    "c3,9,调离本县,2027-02-01,,党委,青组〔2026〕9号,2026-12-01,,\n"
)
ALTERNATES = "编号,姓名\n1,李娟\n2,王海\n3,杨光\n4,丁一\n"
MAYORS = "编号,姓名,性别,乡镇,推荐职务\nM1,蔡玉,女,石桥镇,镇长\nM2,周平,男,东河镇,镇长\n"
SUBJECTS = "编号,姓名\n1,李娟\n2,王海\n"
FILES = {
    "session.toml": SESSION,
    "roll.csv": ROLL,
    "changes.csv": CHANGES,
    "alternates.csv": ALTERNATES,
    "mayors.csv": MAYORS,
    "trust.csv": SUBJECTS,
}

BALLOTS: dict[str, tuple[tuple[int, ...], ...]] = {
    # Numbers of marks, for each row in the order of its file.
    # 3 has 9 approvals, 1 and 2 have 8 each, 4 has none: the order is 3, then 2 (王海) and 1 (李娟) by their strokes.
    "alternates": ((0, 0, 0, 1),) * 7 + ((1, 0, 0, 1), (0, 1, 0, 1)),
    # M1 fails with 5 of 10 who should attend, M2 passes with 6.
    "mayors": ((0, 0),) * 5 + ((1, 0),) + ((2, 1),) * 3,
    "trust": ((0, 2),) * 6 + ((1, 3),) * 3,
    "report": ((0,),) * 9,
}


def read_held(**changes: str) -> SessionPlan:
    """The plan of the session, some files replaced: a key `roll_csv` stands for roll.csv."""
    texts = {**FILES, **{name.replace("_", ".", 1): text for name, text in changes.items()}}
    return read_plan({name: text.encode() for name, text in texts.items()})


@cache
def held() -> Simulated:
    """The session as it was held, with the ballots above."""
    plan = read_held()
    rules = {name: load_rule_set(name) for name in available_rule_sets()}
    defined = contests(plan, rules)

    def contested(contest: Contest) -> Contested:
        files = next(one.rows for one in plan.contests if one.id == contest.id)
        # The sheet has its own order of names; the ballots above are in the order of the file.
        places = [[row.number for row in files].index(row.id) for row in contest.rows]
        ballots = tuple(tuple(ballot[place] for place in places) for ballot in BALLOTS[contest.id])
        return Contested.by_all(contest, plan.roll.should_attend, plan.roll.present, ballots)

    simulation = Simulation(
        kind=plan.info.kind,
        title=plan.info.title,
        date=plan.info.date,
        place=plan.info.place,
        scrutineers=plan.scrutineers.names,
        threshold=plan.scrutineers.threshold,
        rules={contest.rules.id: rules[contest.rules.id] for contest in defined},
        contests=tuple(contested(contest) for contest in defined),
    )
    times = iter(range(1_800_000_000, 1_900_000_000))
    return simulate(simulation, SeededRng("continuing"), lambda: next(times), lambda *_: None)

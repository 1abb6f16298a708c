"""A small session as files, for tests to break one thing at a time."""

SESSION = """
[session]
id = "small"
title = "小会"
kind = "congress"
date = 2026-12-08
place = "礼堂"
roll = "roll.csv"

[scrutineers]
threshold = 2
names = ["甲", "乙", "丙"]

[[contest]]
id = "committee"
kind = "election"
title = "选举委员"
rule_set = "election_local_2020"
seats = 2
candidates = "committee.csv"
"""

ROLL = "编号,姓名,状态,团长\n1,赵一,正常,是\n2,钱二,请假,\n3,孙三,暂停,\n4,李四,终止,\n5,周五,正常,\n"
COMMITTEE = "编号,姓名,性别,单位\nA1,吴六,女,城关镇\nA2,郑七,男,\nA3,王八,女,柳河镇\n"


def small_files(**changes: str | bytes) -> dict[str, bytes]:
    """The files, some replaced; a key `session_toml` stands for session.toml, `roll_csv` for roll.csv and so on."""
    files = {"session.toml": SESSION, "roll.csv": ROLL, "committee.csv": COMMITTEE}
    texts = {**files, **{name.replace("_", ".", 1): value for name, value in changes.items()}}
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in texts.items()}

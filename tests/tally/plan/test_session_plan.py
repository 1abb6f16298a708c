from pathlib import Path

import pytest

from tally.plan.problems import InputErrors
from tally.plan.session_plan import MAX_SESSION_FILE_BYTES, read_plan
from tests.tally.plan.files import SESSION, small_files
from voting_core.params import MAX_SLOTS

EXAMPLES = Path(__file__).parents[3] / "examples"


def refused(**changes: str | bytes) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        read_plan(small_files(**changes))
    return caught.value


def test_a_small_session() -> None:
    plan = read_plan(small_files())
    assert (plan.info.id, plan.info.kind, plan.info.date, plan.info.place) == (
        "small",
        "congress",
        "2026-12-08",
        "礼堂",
    )
    assert (plan.roll.should_attend, plan.roll.present) == (3, 2)
    assert (plan.scrutineers.threshold, plan.scrutineers.names, plan.scrutineers.quorum) == (2, ("甲", "乙", "丙"), 3)
    assert [contest.id for contest in plan.contests] == ["committee"]


def example(name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (EXAMPLES / name).iterdir()}


def test_the_example_of_a_congress() -> None:
    plan = read_plan(example("qinglan-congress"))
    assert (plan.roll.should_attend, plan.roll.present) == (310, 303)
    assert [(contest.id, len(contest.rows), contest.seats) for contest in plan.contests] == [
        ("committee", 39, 35),
        ("alternates", 10, 9),
        ("discipline", 27, 24),
        ("city-delegates", 24, 20),
        ("trust", 59, 0),
        ("work-report", 1, 0),
    ]
    assert plan.contests[0].rows[0].number == "0078"
    assert plan.scrutineers.quorum == 4


def test_the_example_of_a_plenum() -> None:
    plan = read_plan(example("qinglan-plenum"))
    assert (plan.roll.should_attend, plan.roll.present) == (35, 33)
    assert len(plan.roll.notes) == 1
    assert plan.scrutineers.quorum == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    files = {name: data.decode().encode(encoding) for name, data in small_files().items()}
    assert read_plan(files) == read_plan(small_files())


@pytest.mark.parametrize(
    ("old", "new", "place", "word"),
    [
        ("threshold = 2", "threshold = 4", "[scrutineers], key threshold", "4 of 3 scrutineers"),
        ("threshold = 2", "threshold = 1", "[scrutineers], key threshold", "1 is out of range"),
        ("threshold = 2", "", "[scrutineers]", "threshold is missing"),
        ('["甲", "乙", "丙"]', '["甲"]', "[scrutineers], key threshold", "2 of 1 scrutineers"),
        ('["甲", "乙", "丙"]', str(["甲"] * 16), "[scrutineers], key names", "16 scrutineers"),
        ('["甲", "乙", "丙"]', '["甲", ""]', "[scrutineers], key names", "is empty"),
        ('kind = "congress"', 'kind = "party"', "[session], key kind", '"party" is not known'),
        ("2026-12-08", '"soon"', "[session], key date", '"soon" is not a day'),
        ('id = "small"', 'id = "../small"', "[session], key id", "another form"),
        ('roll = "roll.csv"', 'roll = "../roll.csv"', "[session], key roll", "not the plain name"),
        ('roll = "roll.csv"', 'roll = "people.csv"', "[session], key roll", "there is no file"),
        ('place = "礼堂"', 'plaza = "礼堂"', "[session]", '"plaza" is not known'),
        ('title = "小会"', "", "[session]", "title is missing"),
        ("[scrutineers]", "[scrutinizers]", "", "the key scrutineers is missing"),
        ("seats = 2", "seats = 9", '[[contest]] 1 ("committee"), key seats', "9 seats for 3 candidates"),
        ("[[contest]]", "[contest]", "", "contest is not a list"),
        ("[[contest]]", "[[contests]]", "", "the key contest is missing"),
    ],
)
def test_what_is_wrong_in_the_session_file(old: str, new: str, place: str, word: str) -> None:
    assert old in SESSION
    error = refused(session_toml=SESSION.replace(old, new, 1))
    assert word in error.problem
    assert error.place == "session.toml" + (f", {place}" if place else "")
    assert error.remedy


def test_a_missing_session_file() -> None:
    files = small_files()
    del files["session.toml"]
    with pytest.raises(InputErrors, match="is missing"):
        read_plan(files)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[session\n", "line 1"),
        ('id = "a"\nid = "b"\n', "line 2"),
        ("a = " + "[" * 5000, "TOML|nested"),
        ("#" * (MAX_SESSION_FILE_BYTES + 1), "bytes"),
        ("session = 3\ncontest = []\nscrutineers = 4", "session is not a table"),
    ],
)
def test_a_session_file_that_is_none(text: str, word: str) -> None:
    with pytest.raises(InputErrors, match=word):
        read_plan(small_files(session_toml=text))


def test_two_contests_with_one_id() -> None:
    second = SESSION[SESSION.index("[[contest]]") :]
    error = refused(session_toml=SESSION + second)
    assert error.place == 'session.toml, [[contest]] 2 ("committee")'
    assert "earlier contest" in error.problem


def test_more_contests_than_a_card_has_keys() -> None:
    motion = '[[contest]]\nid = "m{}"\nkind = "motion"\ntitle = "决议"\nrule_set = "resolution_default"\n'
    base = SESSION[: SESSION.index("[[contest]]")]
    assert (
        len(read_plan(small_files(session_toml=base + "".join(motion.format(n) for n in range(MAX_SLOTS)))).contests)
        == 32
    )
    error = refused(session_toml=base + "".join(motion.format(n) for n in range(MAX_SLOTS + 1)))
    assert "33 contests" in error.problem


def test_the_problems_of_all_files_come_together_and_nothing_is_half_read() -> None:
    error = refused(
        session_toml=SESSION.replace("threshold = 2", "threshold = 9"),
        roll_csv="编号,姓名,状态\n1,甲,正常\n2,乙,不明\n",
        committee_csv="编号,姓名\n1,吴六\n1,郑七\n",
    )
    assert [problem.place for problem in error.problems] == [
        "roll.csv, line 3, column 状态",
        "session.toml, [scrutineers], key threshold",
        "committee.csv, line 3, column 编号",
    ]


CHANGES = "变更号,编号,事项,生效日期,决定机关,依据,记录日期\n" + (
    "c1,3,刑事羁押或立案审查,2026-05-01,代表资格审查委员会,青资审〔2026〕1号,2026-05-02\n"
    "c2,4,去世,2026-06-01,无须决定,青组〔2026〕2号,2026-06-02\n"
)
WITH_CHANGES = SESSION.replace('roll = "roll.csv"', 'roll = "roll.csv"\nroll_changes = "changes.csv"')


def test_a_roll_with_its_history() -> None:
    plan = read_plan(small_files(session_toml=WITH_CHANGES, changes_csv=CHANGES))
    assert (plan.roll.should_attend, plan.roll.present, plan.roll.day) == (3, 2, "2026-12-08")
    assert plan.roll.on("2026-05-31").should_attend == 4
    assert plan.roll.on("2026-04-30").should_attend == 5


def test_a_history_that_contradicts_the_roll() -> None:
    error = refused(session_toml=WITH_CHANGES, changes_csv=CHANGES.replace("c2,4", "c2,5"))
    assert [problem.place for problem in error.problems] == [
        "roll.csv, line 5, column 状态",
        "roll.csv, line 6, column 状态",
    ]
    assert "changes.csv, line 3" in error.problems[1].problem


def test_a_history_is_not_compared_with_a_roll_that_is_refused() -> None:
    roll = "编号,姓名,状态\n1,赵一,终止\n2,钱二,病假\n3,孙三,正常\n4,李四,终止\n"
    error = refused(session_toml=WITH_CHANGES, changes_csv=CHANGES, roll_csv=roll)
    assert [problem.place for problem in error.problems] == ["roll.csv, line 3, column 状态"]


def test_a_history_that_is_not_there() -> None:
    error = refused(session_toml=WITH_CHANGES)
    assert error.place == "session.toml, [session], key roll_changes"

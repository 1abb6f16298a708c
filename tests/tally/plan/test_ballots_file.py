import io
import json

import pytest

from ballots.contest import At, Contest, Kind, Limit, Row, RulesRef, Stage, Title, make_contest
from tally.plan.ballots_file import MAX_LINE_BYTES, GivenBallot, read_ballots
from tally.roll.person import Roll, RollPerson
from tally.roll.standing import Standing
from voting_core.errors import InputError

ELECTION = make_contest(
    id="committee",
    kind=Kind.ELECTION,
    stage=Stage.FORMAL,
    title=Title("", "选举"),
    slot=0,
    seats=1,
    rows=(Row("1", "甲"), Row("2", "乙")),
    marks=("approve", "disapprove", "abstain"),
    limits=(Limit(At.MOST, 1, "approve"),),
    blank="abstain",
    rules=RulesRef("r", bytes(32)),
    classes=("delegate",),
)
SCALE = make_contest(
    id="grades",
    kind=Kind.EVALUATION,
    title=Title("", "测评"),
    slot=1,
    rows=(Row("1", "甲"), Row("2", "乙")),
    marks=("优秀", "称职"),
    rules=RulesRef("r", bytes(32)),
    classes=("delegate",),
)
WEIGHED = make_contest(
    id="trust",
    kind=Kind.EVALUATION,
    title=Title("", "测评"),
    slot=2,
    rows=(Row("1", "甲"),),
    marks=("信任", "不信任"),
    rules=RulesRef("r", bytes(32)),
    classes=("a", "c"),
)
CONTESTS: tuple[Contest, ...] = (ELECTION, SCALE, WEIGHED)
GOOD = '{"contest": "committee", "marks": {"2": "approve"}}\n'


def roll_of(present: int) -> Roll:
    """So many people, the first two of category A and the others of C."""
    words = ["A", "a", *("C" for _ in range(present))]
    people = (
        RollPerson(str(number), "甲", Standing(), "", True, (("类别", word),))
        for number, word in enumerate(words[:present])
    )
    return Roll(tuple(people))


def read(data: str | bytes, present: int = 10) -> list[GivenBallot]:
    source = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return list(read_ballots("votes.jsonl", source, CONTESTS, roll_of(present)))


def refused(data: str | bytes, present: int = 10) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data, present)
    return caught.value


def test_ballots_in_the_order_of_the_file() -> None:
    text = GOOD + "\n" + '{"marks": {"1": "优秀", "2": "称职"}, "contest": "grades"}\n'
    assert read(text) == [
        GivenBallot(1, "committee", "delegate", (2, 0)),
        GivenBallot(3, "grades", "delegate", (0, 1)),
    ]


def test_a_byte_order_mark_and_a_last_line_without_end() -> None:
    assert len(read(b"\xef\xbb\xbf" + (GOOD + GOOD).strip().encode())) == 2


def test_an_empty_ballot_counts_as_blank_marks() -> None:
    assert read('{"contest": "committee", "marks": {}}')[0].marks == (2, 2)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"contest": "mayor", "marks": {}}', 'no contest "mayor"'),
        ('{"contest": "committee", "marks": {"9": "approve"}}', '"9"'),
        ('{"contest": "committee", "marks": {"1": "agree"}}', '"agree"'),
        ('{"contest": "committee", "marks": {"1": "approve", "2": "approve"}}', "at most 1"),
        ('{"contest": "grades", "marks": {"1": "优秀"}}', "without a mark"),
        ('{"contest": "committee", "marks": {"1": "approve", "1": "abstain"}}', "comes twice"),
        ('{"contest": "committee", "contest": "grades", "marks": {}}', "comes twice"),
        ('{"contest": "committee", "marks": {"1": 1}}', "not text"),
        ('{"contest": "committee", "marks": ["approve"]}', "has no marks"),
        ('{"contest": "committee"}', "has no marks"),
        ('{"marks": {}}', "names no contest"),
        ('{"contest": 1, "marks": {}}', "names no contest"),
        ('{"contest": "committee", "marks": {}, "voter": "0001"}', '"voter" is not known'),
        ("[]", "not an object"),
        ("{", "not JSON"),
        ("null", "not an object"),
        (GOOD.strip() + GOOD.strip(), "not JSON"),
        ("[" * 30000, "nested|not JSON"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, word: str) -> None:
    error = refused(GOOD + line + "\n" + GOOD)
    assert error.place == "votes.jsonl, line 2"
    assert any(part in error.problem for part in word.split("|"))
    assert error.remedy


def test_bytes_that_are_no_text() -> None:
    assert "not UTF-8" in refused(GOOD.encode() + "甲".encode("gb18030")).problem


def test_a_line_without_end() -> None:
    assert "more than" in refused(b" " * (MAX_LINE_BYTES + 1)).problem


def test_more_ballots_than_people() -> None:
    assert len(read(GOOD * 3, present=3)) == 3
    error = refused(GOOD * 4, present=3)
    assert error.place == "votes.jsonl, line 4"
    assert "more ballots than the 3" in error.problem


def test_the_file_is_read_as_a_stream() -> None:
    class Endless(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            return json.dumps({"contest": "committee", "marks": {}}).encode() + b"\n"

    stream = read_ballots("votes.jsonl", Endless(), CONTESTS, roll_of(3))
    assert [next(stream).line for _ in range(3)] == [1, 2, 3]


def weighed(class_id: object = None) -> str:
    ballot = {"contest": "trust", "marks": {"1": "信任"}}
    return json.dumps(ballot if class_id is None else {**ballot, "class": class_id}) + "\n"


def test_a_ballot_says_its_class_where_evaluators_have_categories() -> None:
    assert [ballot.class_id for ballot in read(weighed("A") + weighed("a") + weighed("C"))] == ["a", "a", "c"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (weighed(), "the ballot no class"),
        (weighed("B"), '"B" is no class'),
        (weighed(1), "not text"),
        ('{"contest": "trust", "class": null, "marks": {"1": "信任"}}', "not text"),
        (GOOD.replace("{", '{"class": "A", ', 1), "has no categories"),
    ],
)
def test_a_class_that_is_missing_or_too_much(line: str, problem: str) -> None:
    error = refused(weighed("A") + line)
    assert error.place == "votes.jsonl, line 2"
    assert problem in error.problem


def test_more_ballots_than_people_of_a_class() -> None:
    assert len(read(weighed("A") * 2 + weighed("C") * 8)) == 10
    error = refused(weighed("C") * 8 + weighed("A") * 3)
    assert error.place == "votes.jsonl, line 11"
    assert "more ballots than the 2 of class A" in error.problem

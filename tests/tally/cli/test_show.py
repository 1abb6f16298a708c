import io
from pathlib import Path

from rich.console import Console

from ballots.contest import Contest, Kind, parse_contest
from tally.cli.files import read_folder
from tally.cli.show import show_next, show_notes, show_results
from tally.decide import Attendance, decide
from tally.decide.steps import Step
from tally.next_vote import Next, Proposal
from tally.plan import read_plan
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import Certainty
from tests.support.simulation import PRESENT, SHOULD_ATTEND, election, motion
from tests.tally.decide.contests import a_contest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

Counts = tuple[tuple[int, ...], ...]


def _shown(contest: Contest, counts: Counts, present: int = PRESENT) -> str:
    attendance = Attendance(SHOULD_ATTEND, present, present, sum(counts[0]), 0)
    outcome = decide(contest, attendance, counts, load_rule_set(contest.rules.id))
    out = io.StringIO()
    show_results(Console(file=out, width=120), [(contest, attendance, counts, outcome)])
    return out.getvalue()


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if name in line)


def test_an_election_shows_counts_and_who_is_elected() -> None:
    text = _shown(election(), ((5, 1, 0), (0, 4, 2), (0, 0, 6)))
    assert "应到 8　实到 7　发出 7　收回 6　规定票数 5" in text
    assert "赞成" in text
    assert "当选" in _line(text, "王海")
    assert "未当选" in _line(text, "李娟")
    assert "结论：当选 1 名" in text


def test_a_motion_that_fails_is_shown_as_failed() -> None:
    text = _shown(motion(), ((3, 1, 1),))
    assert "未通过" in _line(text, "决议")
    assert "结论：未通过" in text


def test_without_a_quorum_nobody_is_shown_as_elected() -> None:
    text = _shown(election(), ((4, 0, 0), (0, 2, 2), (0, 0, 4)), present=4)
    assert "未达到规定到会人数" in text
    assert "当选" not in _line(text, "王海").replace("未当选", "")


def test_a_name_that_looks_like_markup_is_printed_as_it_is() -> None:
    rows = [{"details": [], "id": "motion", "name": "[red]决议[/red]"}]
    contest = parse_contest({**motion().to_json(), "rows": rows})
    assert "[red]决议[/red]" in _shown(contest, ((3, 1, 1),))


def test_what_was_left_out_of_the_roll_is_said() -> None:
    out = io.StringIO()
    show_notes(Console(file=out, width=200), read_plan(read_folder(EXAMPLES / "qinglan-plenum")))
    assert "0134" in out.getvalue()
    out = io.StringIO()
    show_notes(Console(file=out, width=200), read_plan(read_folder(EXAMPLES / "qinglan-congress")))
    assert out.getvalue() == ""


def test_an_evaluation_shows_its_first_rate_by_its_own_name() -> None:
    for rule_set, marks, counts, name, cell in (
        ("trust_default", ("信任", "基本信任", "不信任", "弃权"), (3, 1, 0, 0), "信任率 %", "75.00"),
        ("satisfaction_appraisal", ("满意", "基本满意", "不满意", "不了解"), (1, 1, 2, 0), "满意率 %", "25.00"),
        ("delegate_assessment_bands", ("称职", "基本称职", "不称职"), (4, 0, 0), "称职率 %", "100.00"),
    ):
        rules = load_rule_set(rule_set)
        contest = a_contest(Kind.EVALUATION, "王海", marks=marks, blank=rules.blank_mark_means)
        attendance = Attendance(6, 4, 4, 4)
        outcome = decide(contest, attendance, (counts,), rules)
        out = io.StringIO()
        show_results(Console(file=out, width=120), [(contest, attendance, (counts,), outcome)])
        assert name in out.getvalue()
        assert cell in _line(out.getvalue(), "王海")


def test_what_may_follow_is_shown_with_article_and_new_contest() -> None:
    reason = Step("tie", "票数相等", "a tie", "第1条", "Art. 1", Certainty.MEMORY)
    vacant = Proposal(what=Next.LEAVE_VACANT, after="other", reason=Step("shortfall", "名额暂缺", "vacant"))
    out = io.StringIO()
    show_next(
        Console(file=out, width=120),
        (Proposal(what=Next.RUNOFF, after="committee", reason=reason, contest=election()), vacant),
    )
    lines = out.getvalue().splitlines()
    assert lines[1] == f"· committee：票数相等〔第1条；原文未核对〕 → {election().id}"
    assert lines[2] == "  a tie [Art. 1; unverified]"
    assert "· other：名额暂缺" in lines


def test_where_nothing_may_follow_nothing_is_shown() -> None:
    out = io.StringIO()
    show_next(Console(file=out), ())
    assert out.getvalue() == ""

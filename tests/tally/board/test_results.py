import pytest

from ballots.contest import Kind
from tally.board.audience import Audience, Shown, shown_to
from tally.board.results import NUMBERS_KEPT, SMALL, Result, mark_tones, own_result, result_of
from tally.decide import Attendance
from tests.tally.board.sample import source, with_rules
from tests.tally.report.evaluations import assessment, by_categories, told, trust
from tests.tally.report.samples import facts, people


def result(contest: str, audience: Audience, **rules: object) -> Result:
    state = source().state
    if rules:
        state = with_rules(state, state.contests[contest].contest.rules.id, **rules)
    shown = shown_to(state, state.contests[contest], audience, source().day)
    assert shown is not None
    return result_of(shown)


def test_a_motion_shows_its_numbers_their_bar_and_how_it_follows() -> None:
    found = result("motion", Audience.PUBLIC)
    (line,) = found.lines
    assert [said.zh for said in found.columns] == ["赞成", "不赞成", "弃权"]
    assert line.cells == ("3", "1", "1")
    assert [(piece.tone, piece.start, piece.width) for piece in line.bar] == [
        ("approve", 0, 600),
        ("disapprove", 600, 200),
        ("abstain", 800, 200),
    ]
    assert (found.conclusion.zh, line.verdict.zh, line.tone) == ("未通过", "未通过", "bad")
    assert {said.zh: value for said, value in found.figures}["所需票数"] == 6
    assert found.steps
    assert all(article.certainty.zh for article in found.articles)
    assert found.notes == ()


def test_an_election_without_announced_numbers_shows_the_elected_alone() -> None:
    found = result("election", Audience.PUBLIC)
    assert found.lines == ()
    assert found.marks == ()
    assert found.notes == (NUMBERS_KEPT,)
    said = " ".join(step.said.zh for step in found.steps)
    assert "王海" not in said
    assert "李娟" not in said


def test_announced_numbers_are_shown_row_by_row() -> None:
    found = result("election", Audience.PUBLIC, announce_numbers="full")
    assert [line.cells for line in found.lines] == [("4", "1", "1"), ("1", "3", "2"), ("0", "1", "5")]
    assert found.has_verdicts
    assert all(sum(piece.width for piece in line.bar) == 1_000 for line in found.lines)


def test_an_evaluation_shows_the_rates_of_its_audience_and_says_what_is_kept_back() -> None:
    found = result("trust", Audience.PUBLIC)
    assert [said.zh for said in found.columns] == ["信任率"]
    assert [len(line.cells) for line in found.lines] == [1, 1, 1]
    assert all(line.bar == () for line in found.lines)
    kept = [note.zh for note in found.notes]
    assert "不信任率不在本范围告知。" in kept
    assert not any("信任率" in note and "不信任" not in note and "基本" not in note for note in kept)
    later = [note.zh for note in result("trust", Audience.DELEGATES).notes]
    assert "不信任率自 2027-01-07 起告知。" in later


def test_those_who_declare_see_the_counts_too() -> None:
    found = result("trust", Audience.RESTRICTED)
    assert [said.zh for said in found.columns][:4] == ["信任", "基本信任", "不信任", "弃权"]
    assert all(line.bar for line in found.lines)


def test_a_person_gets_one_line_and_nothing_of_others() -> None:
    state = source().state
    shown = shown_to(state, state.contests["trust"], Audience.PERSON, source().day, "3")
    assert shown is not None
    found = own_result(shown, "3")
    assert [line.id for line in found.lines] == ["3"]
    assert (found.figures, found.steps) == ((), ())


def test_too_few_ballots_show_nothing() -> None:
    few = trust((5, 1, 1, 0))
    found = result_of(Shown(few, told(few), True))
    assert found.notes == (SMALL,)
    assert {cell for line in found.lines for cell in line.cells} == {"—"}
    assert all(line.bar == () for line in found.lines)


def test_small_categories_are_said_to_be_kept_back() -> None:
    small = by_categories(4, 30, 200)
    found = result_of(Shown(small, told(small, "committee"), False))
    assert any("类别" in note.zh for note in found.notes)


def test_a_selection_gives_verdicts() -> None:
    ranked = assessment(90, 80, 70, 60, 50, 40, 30, told=("committee",))
    found = result_of(Shown(ranked, told(ranked, "committee"), False))
    assert found.has_verdicts
    assert {line.verdict.zh for line in found.lines} >= {"建议入选", "未入选"}


def test_persons_written_in_stand_below_the_rows() -> None:
    written = facts(
        Kind.ELECTION,
        people(3),
        Attendance(300, 300, 300, 300),
        ((160, 140, 0), (90, 210, 0), (30, 270, 0)),
        write_ins=(("赵某", 12),),
        seats=1,
    )
    found = result_of(Shown(written, None, True))
    assert (found.lines[-1].number, found.lines[-1].name, found.lines[-1].cells) == (4, "赵某", ("12", "—", "—"))


@pytest.mark.parametrize(
    ("marks", "tones"),
    [
        (("approve", "disapprove", "abstain"), ("approve", "disapprove", "abstain")),
        (("信任", "基本信任", "不信任", "弃权"), ("approve", "act", "disapprove", "abstain")),
        (("优秀", "称职", "基本称职", "不称职"), ("approve", "act", "neutral", "disapprove")),
        (("chosen", "not_chosen"), ("approve", "abstain")),
    ],
)
def test_colours_follow_what_a_mark_means(marks: tuple[str, ...], tones: tuple[str, ...]) -> None:
    assert mark_tones(marks) == tones

from pathlib import Path

from PIL import Image

from kiosk.scan.memory import Memory
from kiosk.scan.source import urn_of
from kiosk.scan.station import Found, Scanner
from tally.audit.papers import Problem, Totals
from tally.audit.plan import no_sample, plan_of
from tests.kiosk.scan.papers import COUNTED, contest, digits, outcome_of_many, picture, state
from tests.support.seeded_rng import SeededRng

WAIVED = contest("waived")
URN = urn_of(state(), WAIVED)


def scanner(path: Path) -> Scanner:
    return Scanner(URN, Memory.open(path / "m", URN, SeededRng("s")))


def test_a_paper_is_counted_once_also_after_a_restart(tmp_path: Path) -> None:
    first = scanner(tmp_path)
    page = picture(digits(WAIVED.contest, (0,)))
    found = first.look(page)
    assert found == Found(None, (0,))
    assert found.is_counted
    assert first.look(page) == Found(Problem.DUPLICATE, (0,))
    again = scanner(tmp_path)
    assert again.look(page) == Found(Problem.DUPLICATE, (0,))
    assert again.memory.totals == Totals(1, ((1, 0, 0),))


def test_what_is_not_counted_leaves_nothing(tmp_path: Path) -> None:
    station = scanner(tmp_path)
    other = digits(contest("motion").contest, (0,))
    seen = [station.look(image) for image in (Image.new("L", (99, 99), 255), picture(other), picture(other, "1" * 63))]
    assert [found.problem for found in seen] == [Problem.UNREADABLE, Problem.OTHER_CONTEST, Problem.SEVERAL]
    assert station.memory.totals.papers == 0
    assert not (tmp_path / "m").exists()
    assert [station.text(found) for found in seen] == ["", "", ""]
    assert [station.lines(found) for found in seen] == [(), (), ()]


def test_the_words_of_a_paper_are_shown_also_of_a_copy(tmp_path: Path) -> None:
    station = scanner(tmp_path)
    paper = digits(WAIVED.contest, (1,))
    for _ in range(2):
        found = station.take(paper)
        assert station.text(found).splitlines()[1].startswith("不赞成 1：1 ")
        assert [line.count for line in station.lines(found)] == [0, 1, 0]


def test_a_sampled_paper_counts_as_often_as_it_was_drawn(tmp_path: Path) -> None:
    made = plan_of(WAIVED.contest, COUNTED, outcome_of_many())
    assert not made.counts_all
    memory = Memory.open(tmp_path / "m", URN, SeededRng("s"), no_sample(made))
    station = Scanner(URN, memory, made, times=2)
    station.take(digits(WAIVED.contest, (0,)))
    assert memory.sample is not None
    assert (memory.sample.drawn, memory.sample.tallies) == (2, ((2, 0),))
    assert memory.totals.papers == 1

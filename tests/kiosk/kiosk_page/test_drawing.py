"""What the pages show, and what they must not."""

import re
import time
from pathlib import Path

from ballots.contest import Kind
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import AskTest, Cast, Choose, Finish, Leave, OpenAsTest, Rest, Seal, Show, Tap, TurnTo
from kiosk.booth_machine.patience import REST_SECONDS
from kiosk.kiosk_page.drawing import draw, stamp
from kiosk.kiosk_page.self_test import Check, Surroundings, self_test
from tests.api.hall import Hall, running_hall
from tests.kiosk.kiosk_page.congress import congress, open_contests, questionnaire
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.support.seeded_rng import SeededRng


def page(kiosk: Kiosk) -> str:
    return draw(kiosk.screen, kiosk.screen.look(), Shape.PORTRAIT, "csrf")


def counts(text: str) -> list[str]:
    return [re.sub("<[^>]+>", "", found) for found in re.findall(r'<span class="ballot-count.*?</span>', text)]


def test_all_kinds_of_ballots_speak_the_same_language(tmp_path: Path) -> None:
    contests = congress()
    with running_hall(tmp_path / "data") as hall:
        open_contests(hall, [*contests, questionnaire(len(contests))])
        with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
            kiosk.touch(kiosk.card(0))
            assert "39 名候选人，应选 35 名" in page(kiosk)
            kiosk.touch(Choose("committee"))
            text = page(kiosk)
            assert counts(text) == ["已赞成 0 / 应选 35"]
            assert re.findall(r"(\d+)–(\d+)", text) == [("1", "10"), ("11", "20"), ("21", "30"), ("31", "39")]
            assert re.findall(r'formaction="/rest" name="mark" value="(\w+)"', text) == ["disapprove", "abstain"]
            assert "另选人纸条" in text
            for number, row in enumerate(contests[0].rows[:36]):
                kiosk.touch(Tap(row.id, "approve"))
                told = page(kiosk)
                assert ("已满 35 个" in told) is (number == 34)
            assert "没有记上" in told
            kiosk.touch(Rest("disapprove"), TurnTo(20), Show("names", "5"), Show("size", "large"))
            assert re.findall(r'class="ballot-number">(\d+)', page(kiosk)) == ["21", "22", "23", "24"]
            kiosk.touch(Finish())
            assert "赞成 <b>35</b>" in page(kiosk)
            kiosk.touch(Leave(), kiosk.card(0), Choose("trust"))
            text = page(kiosk)
            assert "对本人的一行请选弃权" in text
            assert re.findall(r'formaction="/rest" name="mark" value="(\w+)"', text) == list(contests[4].marks)
            kiosk.touch(Leave(), kiosk.card(0), Choose("wishes"), Tap("q1", "chosen"))
            assert counts(page(kiosk)) == ["已选 1 / 最多 3", "已选 1 / 至少 1"]
            kiosk.touch(Leave(), kiosk.card(0), Choose("work-report"))
            assert contests[5].kind is Kind.MOTION
            assert "其余" not in page(kiosk)


def test_the_code_is_never_beside_the_marks_of_a_ballot_that_may_be_cast(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.touch(kiosk.card(0), Choose("report"), Tap("r0", "disapprove"), Finish())
        assert "不赞成" in page(kiosk)
        assert "booth-code" not in page(kiosk)
        for act in (Seal(), AskTest()):
            kiosk.touch(act)
            assert "booth-code" in page(kiosk)
            assert "不赞成" not in page(kiosk)
        kiosk.touch(OpenAsTest())
        assert "不赞成" in page(kiosk)
        kiosk.touch(Leave())
        kiosk.sealed(0, "disapprove")
        kiosk.touch(Cast())
        assert "不赞成" not in page(kiosk)


def test_silence_is_asked_about_and_nothing_is_shown_meanwhile(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.touch(kiosk.card(0), Choose("report"), Tap("r0", "approve"))
        before = stamp(kiosk.screen, kiosk.screen.look())
        kiosk.clock.now += REST_SECONDS
        text = page(kiosk)
        assert "您还在吗" in text
        assert "30 秒" in text
        assert "赞成" not in text
        assert stamp(kiosk.screen, kiosk.screen.look()) != before


def test_the_self_test_is_for_the_staff_and_troubles_are_for_everybody(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.world.create()
        hall.world.ceremony()
        hall.world.prepare_voting()
        for raw in hall.world.entries:
            hall.post(raw)
        with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
            around = Surroundings(folder=tmp_path, clock=lambda: 0, rng=SeededRng("self-test"))
            kiosk.screen.checks = self_test(kiosk.booth.station, around)
            assert "自检" in page(kiosk)
            assert "现在没有开放的表决" in page(kiosk)
            contest = hall.world.contest()
            hall.world.define(contest)
            hall.world.open(contest)
            for raw in hall.world.entries[-4:]:
                hall.post(raw)
            while not kiosk.screen.open_contests():
                time.sleep(0.01)
            assert "自检" not in page(kiosk)
            assert "请工作人员检查" not in page(kiosk)
            kiosk.screen.checks = (Check(Said("磁盘", "Disk"), False, Said("只剩 1 MB", "1 MB left")),)
            assert "请工作人员检查" in page(kiosk)

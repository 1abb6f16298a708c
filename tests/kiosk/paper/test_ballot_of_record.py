"""A contest counted by hand from end to end: marked and printed at a kiosk, scanned, entered as a sheet, decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ballots.contest import Capture, Contest
from ballots.paper_setting import PaperSetting, PaperUse
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import Choose, Finish, GoOn, Leave, OnPaper, Paper, PrintAgain, Seal, Tap
from kiosk.booth_machine.screen import Phase
from kiosk.kiosk_page import words
from kiosk.kiosk_page.drawing import draw
from kiosk.paper.press import Press
from kiosk.scan.codes import codes_in
from kiosk.scan.findings import BoxFacts, ballots_of_record, count_sheet
from kiosk.scan.memory import Memory
from kiosk.scan.pictures import pictures_of
from kiosk.scan.station import Scanner
from tally.audit.papers import Urn
from tally.decide.outcome import MotionOutcome
from tally.entries.contests import AttendanceDeclared, Box, ClassCards, ContestDefined, ContestOpened
from tally.replay.expected import outcome_of
from tally.state import Status
from tests.api.hall import Hall, running_hall
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.kiosk.kiosk_page.test_work import Tray, wait_until_followed
from tests.support.seeded_rng import SeededRng

RECORD = PaperSetting(PaperUse.RECORD)


def open_by_hand(hall: Hall, contest: Contest) -> None:
    """Everything until a contest that is counted by hand is open; forty sheets are given out."""
    world = hall.world
    world.decree(ContestDefined(contest.to_json()), "contest.defined")
    cards = (ClassCards("delegate", 40, 0),)
    body = AttendanceDeclared(contest=contest.id, should_attend=40, present=40, cards=cards, boxes=(Box("一", 40),))
    world.write(body, "attendance.declared", *world.trustee_keys)
    world.decree(ContestOpened(contest.id), "contest.opened")


@contextmanager
def by_hand(directory: Path, tray: Tray, setting: PaperSetting = RECORD) -> Iterator[Kiosk]:
    """A kiosk that prints, and a motion that is counted by hand."""
    with running_hall(directory / "data") as hall:
        hall.world.create()
        hall.world.ceremony()
        hall.world.prepare_voting()
        open_by_hand(hall, replace(hall.world.contest(), capture=Capture.HAND))
        for raw in hall.world.entries:
            hall.post(raw)
        press = Press(setting, tray, hall.world.box, SeededRng("press"))
        press.agree(None)
        with running_kiosk(hall, directory / "kiosk", press) as kiosk:
            wait_until_followed(kiosk)
            yield kiosk


def marked(kiosk: Kiosk, mark: str) -> None:
    """One delegate fills in her sheet, and leaves."""
    screen = kiosk.touch(OnPaper(), Choose("report"), Tap("r0", mark), Finish(), Seal())
    assert (screen.phase, screen.going.paper) == (Phase.PRINTED, Paper())
    kiosk.touch(Leave(), Leave())


def test_papers_marked_at_a_kiosk_are_scanned_entered_and_decide(tmp_path: Path) -> None:
    tray = Tray()
    with by_hand(tmp_path, tray) as kiosk:
        world = kiosk.hall.world
        for mark in ("approve", "approve", "disapprove"):
            marked(kiosk, mark)
        # One came out twice: the same serial, which counts once.
        kiosk.touch(OnPaper(), Choose("report"), Tap("r0", "approve"), Finish(), Seal(), PrintAgain(), Leave())
        assert len(tray.sheets) == 5
        held = kiosk.screen.state.contest("report")
        urn = Urn(kiosk.screen.state.session_id, held.contest, world.box.public)
        scanner = Scanner(urn, Memory.open(tmp_path / "memory", urn, SeededRng("scan")))
        found = [scanner.take(*codes_in(page.image)) for sheet in tray.sheets for page in pictures_of(sheet, "sheet")]
        assert [one.is_counted for one in found] == [True, True, True, True, False]
        facts = BoxFacts(box="一", sheet="1")
        report = ballots_of_record(world.state, world.state.contest("report"), scanner.memory.totals, facts)
        assert report.ok
        body = count_sheet(world.state, world.state.contest("report"), scanner.memory.totals, facts)
        assert (body.returned, body.counts) == (4, ((3, 1, 0),))
        kiosk.hall.post(world.write(body, "count.entered", *world.trustee_keys))
        assert world.state.contest("report").status is Status.COUNTED
        outcome = outcome_of(world.state, "report")
        assert isinstance(outcome, MotionOutcome)
        assert report.json["outcome"] == outcome.to_log_json()
        # Nothing of these ballots was sealed, sent, or kept at the kiosk.
        kept = kiosk.jobs.ask(lambda: kiosk.booth.station.outbox.of_contest("report"))
        assert kept == ()
        assert kiosk.hall.service.sequencer.view.intake.contest("report").cast == 0


def test_the_screen_says_that_the_paper_is_the_ballot_and_needs_no_card(tmp_path: Path) -> None:
    tray = Tray()
    with by_hand(tmp_path, tray) as kiosk:

        def page(name: str) -> str:
            return draw(kiosk.screen, kiosk.screen.look(), Shape.PORTRAIT, name)

        assert "请填写纸质选票" in page("csrf")
        assert "请出示表决卡" not in page("csrf")
        kiosk.touch(OnPaper(), Choose("report"), Tap("r0", "approve"))
        assert "有人协助" not in page("csrf")
        kiosk.touch(Finish())
        assert "打印选票" in page("csrf")
        kiosk.touch(Seal())
        printed = page("csrf")
        assert "这张纸就是您的选票" in printed
        assert "确认码" not in printed
        assert "赞成" not in printed
        kiosk.touch(GoOn())
        assert "选票都已打印" in page("csrf")


def test_a_printer_without_paper_takes_no_ballot_and_loses_none(tmp_path: Path) -> None:
    tray, empty = Tray(), Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; call the staff")
    with by_hand(tmp_path, tray) as kiosk:
        tray.wrong = empty
        screen = kiosk.touch(OnPaper())
        assert (screen.phase, screen.notice) == (Phase.WELCOME, empty)
        tray.wrong = None
        kiosk.touch(OnPaper(), Choose("report"), Tap("r0", "approve"), Finish())
        tray.wrong = empty
        screen = kiosk.touch(Seal())
        assert (screen.phase, tray.sheets) == (Phase.REVIEW, [])
        assert screen.notice is not None
        assert screen.notice.zh.startswith("打印机缺纸")
        tray.wrong = None
        assert kiosk.touch(Seal()).phase is Phase.PRINTED
        assert len(tray.sheets) == 1


@pytest.mark.parametrize("setting", [PaperSetting(), PaperSetting(PaperUse.AUDIT)])
def test_nothing_is_filled_in_where_paper_is_not_the_ballot(tmp_path: Path, setting: PaperSetting) -> None:
    with by_hand(tmp_path, Tray(), setting) as kiosk:
        assert kiosk.screen.paper_contests() == ()
        assert kiosk.touch(OnPaper()).notice == words.NO_PAPER


def test_a_vote_that_ends_meanwhile_prints_nothing(tmp_path: Path) -> None:
    tray = Tray()
    with by_hand(tmp_path, tray) as kiosk:
        world = kiosk.hall.world
        kiosk.touch(OnPaper(), Choose("report"), Tap("r0", "approve"), Finish())
        held = world.state.contest("report")
        urn = Urn(world.state.session_id, held.contest, world.box.public)
        totals = Memory.open(tmp_path / "memory", urn, SeededRng("scan")).totals
        body = count_sheet(world.state, held, totals, BoxFacts(box="一", sheet="1"))
        kiosk.hall.post(world.write(body, "count.entered", *world.trustee_keys))
        wait_until_followed(kiosk)
        screen = kiosk.touch(Seal())
        assert (screen.phase, screen.notice, tray.sheets) == (Phase.CHOOSING, words.OVER, [])

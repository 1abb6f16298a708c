"""What the station does for its screen, and every trouble that it can tell about."""

import time
from pathlib import Path
from typing import Any

import pytest

from api.store.setup import replace_setup, revision_of
from ballots.card import credential_key
from ballots.qr.credential import encode_credential
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import (
    AskHelp,
    AskTest,
    Cast,
    Choose,
    Deliver,
    Finish,
    GoOn,
    Helped,
    Leave,
    OpenAsTest,
    Paper,
    PrintAgain,
    Seal,
    Tap,
)
from kiosk.booth_machine.screen import Phase
from kiosk.client import ServerClient, Unreachable
from kiosk.kiosk_page import card_words, words
from kiosk.kiosk_page.drawing import draw
from kiosk.kiosk_page.jobs import Jobs
from kiosk.kiosk_page.work import Work
from kiosk.outbox import Delivery, Outbox
from kiosk.paper.press import Press
from kiosk.paper.printers import REFUSED, PrinterError
from kiosk.scan.codes import codes_in
from kiosk.scan.pictures import pictures_of
from kiosk.station import Station
from kiosk.voting import SealedVote
from tally.audit.papers import Urn
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestPaused, ContestResumed
from tests.api.hall import Hall, running_hall
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.secret import Secret


class Cable:
    """The cable to the server, which may be pulled out."""

    def __init__(self, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pulled = False
        send = ServerClient._send

        def sending(client: ServerClient, *arguments: Any, **options: Any) -> Any:
            if self.pulled:
                raise Unreachable("the cable is pulled out")
            return send(client, *arguments, **options)

        monkeypatch.setattr(ServerClient, "_send", sending)


def wait_until_followed(kiosk: Kiosk) -> None:
    """Until the station has replayed what the server has."""
    while kiosk.screen.state.size < kiosk.hall.service.sequencer.view.log.size:
        time.sleep(0.01)


def test_an_unreachable_server_is_told_and_the_ballot_waits_and_is_delivered_once(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        cable = Cable(kiosk, monkeypatch)
        kiosk.touch(kiosk.card(0), Choose("report"), Tap("r0", "approve"), Finish())
        cable.pulled = True
        assert kiosk.touch(Seal()).phase is Phase.SEALED
        screen = kiosk.touch(Cast())
        assert (screen.phase, screen.going.delivery) == (Phase.RECEIPT, Delivery.WAITING)
        kiosk.touch(Leave())
        assert kiosk.touch(kiosk.card(1)).notice == words.UNREACHABLE
        assert kiosk.touch(kiosk.card(0)).notice == card_words.QUEUED
        assert "1 张还没有送达" in draw(kiosk.screen, kiosk.touch(Leave()), Shape.PORTRAIT, "csrf")
        assert hall.service.sequencer.view.intake.contest("report").cast == 0
        cable.pulled = False
        while hall.service.sequencer.view.intake.contest("report").cast == 0:
            time.sleep(0.01)
        assert kiosk.touch(kiosk.card(0)).notice == card_words.USED
        while kiosk.screen.undelivered:
            time.sleep(0.01)
        assert hall.service.sequencer.view.intake.contest("report").cast == 1


def test_a_card_whose_ballot_waits_here_does_not_vote_again(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        submit = ServerClient.submit_ballot

        def lost(*_: object) -> None:
            raise Unreachable("no answer")

        monkeypatch.setattr(ServerClient, "submit_ballot", lost)
        kiosk.sealed(0)
        assert kiosk.touch(Cast()).going.delivery is Delivery.WAITING
        kiosk.touch(Leave())
        assert kiosk.touch(kiosk.card(0)).notice == card_words.QUEUED
        monkeypatch.setattr(ServerClient, "submit_ballot", submit)


def test_a_paused_contest_keeps_the_ballot_and_a_closed_one_is_over(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        hall.follow()
        hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
        wait_until_followed(kiosk)
        screen = kiosk.touch(Cast())
        assert (screen.phase, screen.notice) == (Phase.SEALED, words.PAUSED)
        hall.post(hall.world.decree(ContestResumed("report"), "contest.resumed"))
        wait_until_followed(kiosk)
        hall.end()
        wait_until_followed(kiosk)
        screen = kiosk.touch(Cast())
        assert (screen.phase, screen.notice, screen.going.left) == (Phase.CHOOSING, words.OVER, ())
        told = draw(kiosk.screen, screen, Shape.PORTRAIT, "csrf")
        assert "刚才的选票没有被接受" in told
        assert not any(claim in told for claim in ("全部投完", "✓ 已投票"))
        assert hall.service.sequencer.view.intake.contest("report").cast == 0


def test_a_kiosk_that_was_given_up_sends_people_to_another(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        hall.follow()
        hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
        lost = KioskLost("report", hall.world.kiosk.public)
        hall.post(hall.world.add(hall.world.entry(lost, "kiosk.lost", *hall.world.trustee_keys)))
        hall.post(hall.world.decree(ContestResumed("report"), "contest.resumed"))
        wait_until_followed(kiosk)
        screen = kiosk.touch(Cast())
        assert (screen.phase, screen.notice, screen.going.left) == (Phase.CHOOSING, words.GIVEN_UP, ())
        kiosk.touch(Leave())
        assert kiosk.touch(kiosk.card(1)).notice == card_words.GIVEN_UP
        assert kiosk.screen.open_contests() == ()


def test_a_card_that_was_voided_is_told_so(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.touch(kiosk.card(5), Choose("report"), Tap("r0", "approve"), Finish())
        hall.follow()
        hall.post(hall.world.add(hall.world.void(5, hall.contest, "returned")))
        wait_until_followed(kiosk)
        assert kiosk.touch(Seal()).notice == words.VOIDED_MEANWHILE
        kiosk.touch(Leave())
        assert kiosk.touch(kiosk.card(5)).notice == card_words.VOIDED


def test_without_an_open_contest_nothing_is_begun(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.world.create()
        hall.world.ceremony()
        hall.world.prepare_voting()
        for raw in hall.world.entries:
            hall.post(raw)
        with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
            assert kiosk.touch(kiosk.card(0)).notice == card_words.NOTHING_OPEN


def test_three_tests_and_no_more(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        for left in (2, 1, 0):
            kiosk.touch(AskTest(), OpenAsTest(), GoOn())
            kiosk.touch(Leave(), kiosk.card(0))
            assert kiosk.screen.look().going.offer_of("report").tests_left == left
            kiosk.touch(Choose("report"), Finish(), Seal())
        assert kiosk.touch(AskTest()).phase is Phase.SEALED
        assert kiosk.touch(Cast()).phase is Phase.RECEIPT


def test_that_somebody_was_helped_is_recorded_and_not_who(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.touch(kiosk.card(0), Choose("report"), Tap("r0", "approve"), AskHelp(), Helped(True), Finish(), Seal())
        kiosk.touch(Cast())
        while hall.service.sequencer.view.intake.contest("report").assisted == 0:
            time.sleep(0.01)
        assert hall.service.sequencer.view.intake.contest("report").cast == 1


def test_a_ballot_of_somebody_else_is_a_mistake(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        work = Work(kiosk.booth.station, Jobs())
        with pytest.raises(TypeError, match="no ballot of this station"):
            work.perform(Deliver(object(), hall.contest, False, False))  # type: ignore[arg-type]
        assert credential_key(hall.world.cards[0], hall.world.state.session_id, 0).public is not None


class Tray:
    """A printer that remembers what came out."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []
        self.wrong: Said | None = None

    def problem(self) -> Said | None:
        return self.wrong

    def send(self, sheet: Secret[bytes]) -> None:
        if self.wrong:
            raise PrinterError(self.wrong)
        self.sheets.append(sheet.reveal())

    def take_back(self) -> None:
        """What came out stays."""


def full(_: object) -> None:
    raise FatalError("the disk is full")


def test_a_ballot_that_is_cast_is_printed_and_one_that_is_tested_is_not(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray, box = Tray(), hall.world.box
    # The session says it, and the kiosk asks before the first ballot.
    draft = {"session.toml": b'[session]\npaper = "audit"\n'}
    hall.service.writer.submit(replace_setup(draft, revision_of({}))).result()
    press = Press(None, tray, box, SeededRng("press"))
    with running_kiosk(hall, tmp_path / "kiosk", press) as kiosk:
        kiosk.sealed(0)
        assert kiosk.touch(AskTest(), OpenAsTest()).going.paper is None
        assert tray.sheets == []
        kiosk.touch(GoOn(), Tap("r0", "disapprove"), Finish(), Seal())
        tray.wrong = Said("缺纸", "empty")
        screen = kiosk.touch(Cast())
        assert screen.going.paper == Paper(tray.wrong)
        assert hall.service.sequencer.view.intake.contest("report").cast == 1
        with monkeypatch.context() as moment:
            moment.setattr(tray, "send", full)
            assert kiosk.touch(PrintAgain()).going.paper == Paper(REFUSED)
        tray.wrong = None
        assert kiosk.touch(PrintAgain()).going.paper == Paper()
        (sheet,) = tray.sheets
        contest = kiosk.screen.state.contest("report").contest
        (page,) = pictures_of(sheet, "sheet")
        read = Urn(kiosk.screen.state.session_id, contest, box.public).read(*codes_in(page.image))
        assert not isinstance(read, str)
        assert read.marks == (contest.mark_index("disapprove"),)
        kiosk.touch(Leave())
        with pytest.raises(PrinterError):
            press.again()


def test_nothing_of_a_turn_stays_on_the_disk_or_in_what_the_station_says(hall: Hall, tmp_path: Path) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0, "disapprove")
        sealed = kiosk.screen.look().going.ballot
        assert isinstance(sealed, SealedVote)
        seed = sealed.seed.reveal()
        kiosk.touch(Cast(), Leave())
        state, secret = hall.world.state, hall.world.cards[0].reveal()
        said = repr(kiosk.booth.events.said) + repr(kiosk.screen.look())
    code = kiosk.code(0)
    traces = [secret, seed]
    traces += [text.encode() for text in (secret.hex(), seed.hex(), code, code.replace("-", ""))]
    traces += [encode_credential(hall.world.cards[0], state.session_id).reveal().encode(), b'"disapprove"']
    for file in (tmp_path / "kiosk").rglob("*"):
        if file.is_file() and file.suffix != ".jsonl":
            assert not [trace for trace in traces if trace in file.read_bytes()], file
    assert not [trace for trace in traces if trace.decode("latin-1") in said]
    for log in (tmp_path / "kiosk").rglob("*.jsonl"):
        assert not [trace for trace in traces[:-1] if trace in log.read_bytes()]


class SlipPrinter:
    """A printer that keeps what it was given, until it is out of paper."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []
        self.is_empty = False

    def problem(self) -> Said | None:
        return None

    def send(self, sheet: Secret[bytes]) -> None:
        if self.is_empty:
            raise PrinterError(Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; call the staff"))
        self.sheets.append(sheet.reveal())

    def take_back(self) -> None:
        """What came out stays."""


def test_the_code_is_printed_before_the_choice_and_a_printer_without_paper_keeps_nobody(
    hall: Hall, tmp_path: Path
) -> None:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        paper = SlipPrinter()
        kiosk.screen._work = Work(kiosk.booth.station, kiosk.screen._jobs, slips=paper)
        assert kiosk.sealed(0).notice is None
        (sheet,) = paper.sheets
        assert sheet.startswith(b"%PDF")
        kiosk.touch(Cast())
        assert len(paper.sheets) == 1
        paper.is_empty = True
        kiosk.touch(Leave())
        notice = kiosk.sealed(1).notice
        assert notice is not None
        assert "缺纸" in notice.zh
        assert "确认码" in notice.zh
        assert kiosk.touch(Cast()).phase is Phase.RECEIPT


@pytest.mark.parametrize("stored", [True, False])
def test_after_a_power_cut_the_card_tells_whether_its_ballot_was_cast(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: bool
) -> None:
    class PowerCutError(Exception):
        """The power goes."""

    def cut(*_: object) -> None:
        raise PowerCutError

    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        kiosk.sealed(0)
        # Before the ballot is on the disk, or after it and before it is sent.
        with monkeypatch.context() as patch:
            # Without power nothing is delivered in a later round either.
            patch.setattr(Station, "deliver", lambda _: None)
            patch.setattr(ServerClient, "submit_ballot", cut) if stored else patch.setattr(Outbox, "put", cut)
            with pytest.raises(PowerCutError):
                kiosk.touch(Cast())
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        screen = kiosk.touch(kiosk.card(0))
        if stored:
            assert screen.notice in (card_words.USED, card_words.QUEUED)
        else:
            assert screen.phase is Phase.CHOOSING
            assert kiosk.touch(Choose("report"), Tap("r0", "approve"), Finish(), Seal(), Cast()).phase is Phase.RECEIPT
    assert hall.service.sequencer.view.intake.contest("report").cast == 1

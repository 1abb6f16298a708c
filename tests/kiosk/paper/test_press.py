from pathlib import Path
from typing import Any

import pytest

from ballots.contest import Kind
from ballots.paper_setting import PaperSetting, PaperUse
from ballots.screen.words import Said
from kiosk.paper import press as module
from kiosk.paper.press import NOT_DRAWN, NOTHING, TRIALS_ONLY, Press, printer_of
from kiosk.paper.printers import CupsPrinter, FolderPrinter, PrinterError
from tests.support.builders import TRUST, small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.errors import EncodingError, FatalError, InputError
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

STATE = SessionBuilder().run("defined").state
CONTEST = small_contest(2)
BOX = SigningKey.generate(SeededRng("box"))
MARKS = Secret((0, 1))
AUDIT = PaperSetting(PaperUse.AUDIT)


class Tray:
    """A printer that remembers what came out, and can be out of paper."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []
        self.empty = False
        self.waiting = 0
        """Sheets that were taken and did not come out: the paper ended in between."""

    def problem(self) -> Said | None:
        return Said("缺纸", "empty") if self.empty else None

    def send(self, sheet: Secret[bytes]) -> None:
        if self.empty:
            raise PrinterError(Said("缺纸", "empty"))
        self.sheets.append(sheet.reveal())

    def take_back(self) -> None:
        self.waiting = 0


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Tray:
    def drawn(_: Any, __: Any, marks: Secret[Any], ___: Any, serial: Secret[bytes]) -> Secret[bytes]:
        return Secret(repr(marks.reveal()).encode() + serial.reveal())

    monkeypatch.setattr(module, "print_record", drawn)
    return Tray()


def press(tray: Tray, setting: PaperSetting = AUDIT) -> Press:
    made = Press(setting, tray, BOX, SeededRng("press"))
    made.agree(None)
    return made


def test_a_paper_comes_out_and_every_one_has_a_serial_of_its_own(tray: Tray) -> None:
    made = press(tray)
    made.print(STATE, CONTEST, MARKS)
    made.print(STATE, CONTEST, MARKS)
    assert len(set(tray.sheets)) == 2


def test_out_of_paper_the_same_one_is_printed_again(tray: Tray) -> None:
    made, tray.empty = press(tray), True
    with pytest.raises(PrinterError) as refused:
        made.print(STATE, CONTEST, MARKS)
    assert refused.value.said.zh == "缺纸"
    assert made.problem(STATE) == Said("缺纸", "empty")
    tray.empty = False
    made.again()
    made.again()
    assert len(tray.sheets) == 2
    assert len(set(tray.sheets)) == 1, "two sheets of one serial count once"


def test_what_waits_of_the_first_attempt_is_dropped_before_the_second(tray: Tray) -> None:
    made = press(tray)
    tray.waiting = 1
    made.print(STATE, CONTEST, MARKS)
    assert tray.waiting == 1, "the sheet of the delegate before may still be coming out"
    made.again()
    assert tray.waiting == 0


@pytest.mark.parametrize("empty", [True, False])
def test_no_sheet_of_somebody_who_left_comes_out_when_paper_is_loaded(tray: Tray, empty: bool) -> None:
    made = press(tray)
    made.print(STATE, CONTEST, MARKS)
    tray.waiting, tray.empty = 1, empty
    made.forget()
    assert tray.waiting == (0 if empty else 1), "a printer that is at work finishes the sheet"
    tray.waiting = 1
    made.forget()
    assert tray.waiting == 1, "nothing of this kiosk waits there any more"


def test_what_is_forgotten_is_not_printed_again(tray: Tray) -> None:
    made = press(tray)
    made.print(STATE, CONTEST, MARKS)
    made.forget()
    with pytest.raises(PrinterError) as refused:
        made.again()
    assert refused.value.said == NOTHING


@pytest.mark.parametrize(
    "error", [FatalError("marks (0, 1)"), InputError("row", "𠮷", "x"), EncodingError("paper", "(0, 1)")]
)
def test_a_sheet_that_is_not_drawn_tells_nothing(tray: Tray, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(module, "print_record", fail)
    with pytest.raises(PrinterError) as refused:
        press(tray).print(STATE, CONTEST, MARKS)
    assert refused.value.said == NOT_DRAWN
    assert refused.value.__context__ is None


def test_what_is_printed_follows_the_setting(tray: Tray) -> None:
    grades = small_contest(2, TRUST, kind=Kind.EVALUATION)
    assert [press(tray).prints(contest) for contest in (CONTEST, grades)] == [True, False]
    assert not Press(PaperSetting(), None, BOX, SeededRng("x")).prints(CONTEST)
    assert Press(PaperSetting(), None, BOX, SeededRng("x")).problem(STATE) is None
    with pytest.raises(InputError, match="no printer"):
        Press(AUDIT, None, BOX, SeededRng("x"))


def test_a_name_that_cannot_be_printed_is_a_problem_before_voting(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    assert press(tray).problem(STATE) is None

    def fail(*_: Any) -> None:
        raise InputError("motion: row 1", "has a character that cannot be printed", "Write it otherwise")

    monkeypatch.setattr(module, "check_contest", fail)
    found = press(tray).problem(STATE)
    assert found is not None
    assert "有字打印不出" in found.zh


def test_the_printer_that_a_kiosk_is_started_with(tmp_path: Path) -> None:
    rng = SeededRng("x")
    assert isinstance(printer_of("hall", None, rng), CupsPrinter)
    folder = printer_of(None, tmp_path / "sheets", rng)
    assert isinstance(folder, FolderPrinter)
    folder.send(Secret(b"%PDF"))
    assert len(list((tmp_path / "sheets").glob("*.pdf"))) == 1
    assert printer_of(None, None, rng) is None


def test_a_real_session_keeps_no_paper_as_a_file(tray: Tray, tmp_path: Path) -> None:
    real = SessionBuilder(simulated=False).run("defined").state
    made = Press(AUDIT, printer_of(None, tmp_path / "sheets", SeededRng("x")), BOX, SeededRng("press"))
    made.agree(None)
    assert made.problem(real) == TRIALS_ONLY
    with pytest.raises(PrinterError) as refused:
        made.print(real, CONTEST, MARKS)
    assert refused.value.said == TRIALS_ONLY
    assert not list((tmp_path / "sheets").iterdir())
    assert made.problem(STATE) is None
    made.print(STATE, CONTEST, MARKS)
    assert len(list((tmp_path / "sheets").glob("*.pdf"))) == 1
    printing = press(tray)
    printing.print(real, CONTEST, MARKS)
    assert printing.problem(real) is None
    assert len(tray.sheets) == 1


def test_a_kiosk_takes_what_the_session_says(tray: Tray) -> None:
    made = Press(None, tray, BOX, SeededRng("x"))
    assert made.setting is None
    assert not made.prints(CONTEST)
    made.agree(AUDIT)
    assert made.setting == AUDIT
    assert made.prints(CONTEST)


def test_where_the_session_says_nothing_the_kiosk_decides(tray: Tray) -> None:
    assert press(tray).prints(CONTEST)
    quiet = Press(None, tray, BOX, SeededRng("x"))
    quiet.agree(None)
    assert not quiet.prints(CONTEST)


@pytest.mark.parametrize("session", [PaperSetting(), PaperSetting(PaperUse.AUDIT, evaluations=True)])
def test_a_kiosk_that_was_started_with_something_else_stops(tray: Tray, session: PaperSetting) -> None:
    made = Press(AUDIT, tray, BOX, SeededRng("x"))
    with pytest.raises(InputError, match="the session says"):
        made.agree(session)
    assert not made.prints(CONTEST)


def test_a_kiosk_without_a_printer_does_not_open_a_session_that_prints() -> None:
    with pytest.raises(InputError, match="there is no printer"):
        Press(None, None, BOX, SeededRng("x")).agree(AUDIT)

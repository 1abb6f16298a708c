import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.paper.printers import (
    NOT_THERE,
    PAUSED,
    REFUSED,
    Answer,
    CupsPrinter,
    FolderPrinter,
    PrinterError,
    run_program,
)
from voting_core.errors import InputError
from voting_core.secret import Secret

IDLE = "printer hall is idle.  enabled since Tue Dec  8 08:00:00 2026\n\tForm mounted:\n\tAlerts: {}\n"


class Cups:
    """Stands for lp and lpstat: remembers what it was asked, and answers."""

    def __init__(self, state: str = IDLE.format("none"), taken: int = 0, known: int = 0) -> None:
        self.answers = {
            "lp": Answer(taken, "request id is hall-7 (1 file(s))\n"),
            "lpstat": Answer(known, state),
            "cancel": Answer(0, ""),
        }
        self.asked: list[tuple[Sequence[str], bytes]] = []

    def __call__(self, command: Sequence[str], given: bytes) -> Answer:
        self.asked.append((command, given))
        return self.answers[command[0]]


def test_a_sheet_goes_to_lp_unscaled_and_in_no_argument() -> None:
    cups = Cups()
    CupsPrinter("hall", cups).send(Secret(b"%PDF"))
    (asked, (command, given)) = cups.asked
    assert asked == (("lpstat", "-l", "-p", "hall"), b"")
    assert command == ("lp", "-d", "hall", "-t", "plenum", "-o", "print-scaling=none", "-o", "job-sheets=none")
    assert given == b"%PDF"


@pytest.mark.parametrize(
    ("alerts", "zh"),
    [
        ("media-empty-error", "打印机缺纸，请工作人员加纸"),
        ("media-needed-report, none", "打印机缺纸，请工作人员加纸"),
        ("media-jam-error", "打印机卡纸，请工作人员处理"),
        ("cover-open-report", "打印机盖没有关好，请工作人员检查"),
        ("door-open-error", "打印机盖没有关好，请工作人员检查"),
        ("marker-supply-empty-error", "打印机没有墨粉，请工作人员更换"),
        ("toner-empty-error", "打印机没有墨粉，请工作人员更换"),
        ("offline-report", "打印机没有连接，请工作人员检查电源和连线"),
        ("connecting-to-device", "打印机没有连接，请工作人员检查电源和连线"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(alerts: str, zh: str) -> None:
    found = CupsPrinter("hall", Cups(IDLE.format(alerts))).problem()
    assert found is not None
    assert found.zh == zh


def test_a_printer_that_is_ready_has_no_problem() -> None:
    cups = Cups()
    assert CupsPrinter("hall", cups).problem() is None
    assert cups.asked == [(("lpstat", "-l", "-p", "hall"), b"")]


def test_a_printer_that_is_paused_or_not_there() -> None:
    paused = "printer hall disabled since Tue Dec  8 08:00:00 2026 -\n\tPaused\n\tAlerts: paused\n"
    assert CupsPrinter("hall", Cups(paused)).problem() == PAUSED
    assert (
        CupsPrinter("hall", Cups('lpstat: Invalid destination name in list "hall".\n', known=1)).problem() == NOT_THERE
    )
    assert CupsPrinter("hall", Cups("printer hallway is idle.\n")).problem() == NOT_THERE


def test_a_sheet_that_is_not_taken_is_told_with_the_reason() -> None:
    with pytest.raises(PrinterError) as refused:
        CupsPrinter("hall", Cups(taken=1)).send(Secret(b""))
    assert refused.value.said == REFUSED


def test_no_sheet_waits_in_the_spool_of_a_printer_without_paper() -> None:
    empty = Cups(IDLE.format("media-empty-error"))
    with pytest.raises(PrinterError) as refused:
        CupsPrinter("hall", empty).send(Secret(b""))
    assert refused.value.said.zh == "打印机缺纸，请工作人员加纸"
    assert all(command[0] == "lpstat" for command, _ in empty.asked)


def test_a_job_that_still_waits_is_cancelled_once() -> None:
    cups = Cups()
    printer = CupsPrinter("hall", cups)
    printer.take_back()
    assert cups.asked == [], "nothing was sent"
    printer.send(Secret(b"%PDF"))
    printer.take_back()
    printer.take_back()
    assert [command for command, _ in cups.asked if command[0] == "cancel"] == [("cancel", "hall-7")]


def test_only_the_last_job_is_cancelled_and_a_refusal_to_cancel_is_no_trouble() -> None:
    cups = Cups()
    printer = CupsPrinter("hall", cups)
    printer.send(Secret(b"first"))
    cups.answers |= {"lp": Answer(0, "request id is hall-8 (0 file(s))\n"), "cancel": Answer(1, "already completed")}
    printer.send(Secret(b"second"))
    printer.take_back()
    assert cups.asked[-1] == (("cancel", "hall-8"), b"")
    printer.send(Secret(b"third"))
    cups.answers["lp"] = Answer(1, "")
    with pytest.raises(PrinterError):
        printer.send(Secret(b"fourth"))
    printer.take_back()
    assert cups.asked[-1][0][0] != "cancel", "what was not taken has no job, and the third is not the last"
    cups.answers["lp"] = Answer(0, "request id is -x; rm\n")
    printer.send(Secret(b"fifth"))
    printer.take_back()
    assert cups.asked[-1][0][0] != "cancel"


@pytest.mark.parametrize("alerts", ["connecting-to-device", "media-empty-warning", "marker-supply-empty-warning"])
def test_a_printer_that_goes_on_all_the_same_takes_the_sheet(alerts: str) -> None:
    cups = Cups(IDLE.format(alerts))
    CupsPrinter("hall", cups).send(Secret(b"%PDF"))
    assert cups.asked[-1][1] == b"%PDF"


@pytest.mark.parametrize("name", ["", "-h", "a b", "../x", "名"])
def test_what_can_be_no_name_of_a_printer(name: str) -> None:
    with pytest.raises(InputError, match="lpstat -e"):
        CupsPrinter(name)


def test_a_program_is_run_with_its_input_and_in_english() -> None:
    assert run_program(("sh", "-c", "cat; echo $LC_ALL; exit 3"), b"in") == Answer(3, "inC\n")
    assert run_program(("/no/such/program",), b"").code == 127


def test_a_folder_takes_sheets_without_order_and_time(tmp_path: Path) -> None:
    names = iter(("b", "a"))
    printer = FolderPrinter(tmp_path / "sheets", lambda: next(names))
    assert printer.problem() is None
    printer.send(Secret(b"first"))
    printer.send(Secret(b"second"))
    found = {path.name: path.read_bytes() for path in (tmp_path / "sheets").iterdir()}
    assert found == {"b.pdf": b"first", "a.pdf": b"second"}
    assert {os.stat(path).st_mtime for path in (tmp_path / "sheets").iterdir()} == {0}
    printer.take_back()
    assert len(list((tmp_path / "sheets").iterdir())) == 2

"""The kiosk's press: one sheet for a ballot that was cast, the same again where the printer failed, then nothing.

The ballot is cast, durably, before its paper is printed: a paper never stands for a ballot that was not cast, and a
printer that fails keeps nobody from voting. The sheet is in memory until it came out and the delegate says so, or the
screen forgets her.
"""

import threading
from pathlib import Path

from ballots.contest import Contest
from ballots.paper_setting import PaperSetting, PaperUse
from ballots.screen.words import Said
from kiosk.paper.printers import CONNECTING, CupsPrinter, FolderPrinter, Printer, PrinterError
from kiosk.paper.record import check_contest, new_serial, print_record
from tally.state import State
from voting_core.errors import InputError, PlenumError
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

NOT_DRAWN = Said(
    "纸质记录没有排出来，请工作人员检查后重印", "The paper could not be typeset; call the staff, then print again"
)
NOTHING = Said("没有可以重印的", "There is nothing to print again")
TRIALS_ONLY = Said(
    "正式会议不得把纸质记录存成文件，请工作人员接上打印机，重新启动终端",
    "In a real session no paper is kept as a file; the staff must start the kiosk with a printer",
)


class Press:
    """Prints paper records for one kiosk.

    `setting` is what the kiosk was started with, None where it takes what the session says. Nothing is printed before
    :meth:`agree` has compared the two.
    """

    def __init__(self, setting: PaperSetting | None, printer: Printer | None, box_key: SigningKey, rng: Rng) -> None:
        self._given = setting
        self._setting: PaperSetting | None = None
        self._printer = printer
        self._check_printer(setting)
        self._box_key = box_key
        self._rng = rng
        self._order: tuple[State, Contest, Secret[tuple[int, ...]], Secret[bytes]] | None = None
        self._lock = threading.Lock()

    @property
    def setting(self) -> PaperSetting | None:
        """What is printed here; None before it is agreed with the session."""
        return self._setting

    def agree(self, session: PaperSetting | None) -> None:
        """Take what the session says, which is the same for all its kiosks; where it says nothing, what was given.

        Raises:
            InputError: the kiosk was started with something else, or paper is to be printed and there is no printer.
        """
        if session is not None and self._given is not None and self._given != session:
            raise InputError(
                "--paper",
                f"the session says: {session.said.en}; this kiosk was started so that {self._given.said.en}",
                "Leave out --paper and --paper-evaluations; the kiosk takes what the session says",
            )
        setting = session or self._given or PaperSetting()
        self._check_printer(setting)
        self._setting = setting

    def _check_printer(self, setting: PaperSetting | None) -> None:
        if setting is not None and setting.use is not PaperUse.OFF and self._printer is None:
            raise InputError(
                "--printer", "paper is to be printed, and there is no printer", "Name one of those that lpstat -e lists"
            )

    def prints(self, contest: Contest) -> bool:
        """Whether a ballot of this contest gets a paper."""
        return self._setting is not None and self._setting.prints(contest)

    def problem(self, state: State) -> Said | None:
        """What would keep the kiosk from printing; for its own test at the start, and before a contest opens."""
        if self._printer is None:
            return None
        for contest in state.contests.values():
            if self.prints(contest.contest):
                try:
                    check_contest(state, contest.contest)
                except InputError as error:
                    return Said(f"{contest.contest.title.zh}：有字打印不出", str(error))
        return TRIALS_ONLY if self._keeps_files(state) else self._printer.problem()

    def _keeps_files(self, state: State) -> bool:
        """Whether the choices of a real session would stay in files, whose times no program can clear."""
        real = state.session is not None and not state.facts.simulated
        return real and isinstance(self._printer, FolderPrinter)

    def print(self, state: State, contest: Contest, marks: Secret[tuple[int, ...]]) -> None:
        """Print the paper of a ballot that is cast.

        Raises:
            PrinterError: it did not come out; :meth:`again` prints the same.
        """
        with self._lock:
            self._order = (state, contest, marks, new_serial(self._rng))
        self._send(is_again=False)

    def again(self) -> None:
        """Print the last paper once more: the same serial, so that two sheets count once.

        What still waits of the first attempt is dropped, or it would come out beside the second.

        Raises:
            PrinterError: it did not come out, or there is none.
        """
        self._send(is_again=True)

    def _send(self, *, is_again: bool) -> None:
        with self._lock:
            if self._printer is None or self._order is None:
                raise PrinterError(NOTHING)
            state, contest, marks, serial = self._order
            if self._keeps_files(state):
                raise PrinterError(TRIALS_ONLY)
            try:
                sheet = print_record(state, contest, marks, self._box_key, serial)
            except PlenumError:
                # Nothing of the reason is shown: it may hold the choices.
                sheet = None
            if sheet is None:
                raise PrinterError(NOT_DRAWN)
            if is_again:
                self._printer.take_back()
            self._printer.send(sheet)

    def forget(self) -> None:
        """Forget the last paper: it came out, or its delegate is gone.

        Where the printer has stopped, what waits there would come out before whoever loads paper: it is dropped. A
        printer that is at work finishes the sheet.
        """
        with self._lock:
            had_one, self._order = self._order is not None, None
            if had_one and self._printer is not None:
                wrong = self._printer.problem()
                if wrong is not None and wrong is not CONNECTING:
                    self._printer.take_back()


def printer_of(name: str | None, folder: Path | None, rng: Rng) -> Printer | None:
    """The printer that a kiosk was started with: one of CUPS, a folder for trials, or none."""
    if name is not None:
        return CupsPrinter(name)
    return FolderPrinter(folder, lambda: rng.bytes(8).hex()) if folder is not None else None

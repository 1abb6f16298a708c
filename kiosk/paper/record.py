"""Making a paper record: signed, typeset in a process that ends, and forgotten (SPEC §7.6).

The typesetter keeps what it was given in the memory of its process, so that process must end. The sheet is in memory
alone; the serial is drawn here, printed, and stored nowhere.
"""

import json
import subprocess
import sys
from datetime import date
from typing import Final

from ballots.contest import Contest, parse_contest
from ballots.paper.record_sheet import SheetTexts, check_printable, record_sheet
from ballots.qr.paper import SERIAL_BYTES, decode_paper, encode_paper, sign_paper
from tally.state import State
from voting_core.errors import FatalError
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

PATIENCE_SECONDS: Final = 60
"""A sheet of 200 rows takes two seconds on a slow machine; one that takes a minute never comes."""

_RUN: Final = (sys.executable, "-c", "from kiosk.paper.record import main; main()")


def new_serial(rng: Rng) -> Secret[bytes]:
    """Draw the serial of one paper. Whoever prints a paper again, because it jammed, prints the same one."""
    return Secret(rng.bytes(SERIAL_BYTES))


def texts_of(state: State) -> SheetTexts:
    """What is the same on every sheet of the session."""
    facts = state.facts
    return SheetTexts(title=facts.title, day=date.fromisoformat(facts.date), simulated=facts.simulated)


def check_contest(state: State, contest: Contest) -> None:
    """Accept a contest all of whose ballots can be printed; to be asked before voting begins.

    Raises:
        UnprintableError: a title or a name has a character that the fonts do not have.
    """
    check_printable(contest, texts_of(state))


def print_record(
    state: State, contest: Contest, marks: Secret[tuple[int, ...]], box_key: SigningKey, serial: Secret[bytes]
) -> Secret[bytes]:
    """Give the PDF file of a ballot's paper record; the same bytes for the same choices and serial.

    Raises:
        UnprintableError: a title or a name has a character that the fonts do not have.
        FatalError: the typesetter failed; what it said is withheld, as it may hold the choices.
    """
    check_contest(state, contest)
    record = sign_paper(state.session_id, contest.hash, len(contest.marks), marks.reveal(), serial.reveal(), box_key)
    order = {"contest": contest.to_json(), "digits": encode_paper(record), "session": state.session_id.hex()}
    facts = state.facts
    told = {**order, "title": facts.title, "day": facts.date, "simulated": facts.simulated}
    try:
        done = subprocess.run(
            _RUN,
            input=json.dumps(told).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        # The error may hold what the process wrote.
        problem = type(error).__name__
    else:
        return Secret(done.stdout)
    raise FatalError(f"the paper record could not be typeset ({problem}); print it again, or call the scrutineers")


def typeset_order(order: bytes) -> Secret[bytes]:
    """What the process does: read an order and draw its sheet."""
    told = json.loads(order)
    contest = parse_contest(told["contest"])
    record = decode_paper(told["digits"], bytes.fromhex(told["session"]))
    texts = SheetTexts(title=told["title"], day=date.fromisoformat(told["day"]), simulated=told["simulated"])
    return record_sheet(contest, record, texts)


def main() -> None:
    """The process: an order on standard input, a PDF file on standard output, and the end."""
    pdf = typeset_order(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pdf.reveal())

"""Papers of the golden session: its record is on disk, and its ballot-box key follows from its seed."""

import io
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from PIL import Image

from ballots.contest import Contest
from ballots.paper.qr import qr_matrix
from ballots.qr.paper import encode_paper, sign_paper
from kiosk.scan.source import read_session
from tally.audit.papers import Totals
from tally.decide import Attendance, Outcome, decide
from tally.entries.reading import Counts
from tally.rules.loader import load_rule_set
from tally.state import ContestState, State
from tests.golden.golden_session import GoldenSession
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey

RECORD = Path(__file__).parents[2] / "golden/session/record.zip"
POINTS_A_MODULE = 4


@lru_cache(maxsize=1)
def state() -> State:
    """The session, replayed."""
    return read_session(RECORD, None)


@lru_cache(maxsize=1)
def box() -> SigningKey:
    """Its ballot-box key."""
    return GoldenSession().box


def contest(name: str) -> ContestState:
    """One of its contests."""
    return state().contest(name)


COUNTED = Totals(6000, ((4000, 2000, 0),))
"""As many papers as a sample needs, of a motion that passes."""


def outcome_of_many() -> Outcome:
    """The outcome of the contest `waived` with these totals."""
    attendance = Attendance(should_attend=6000, present=6000, issued=6000, returned=6000, invalid=0)
    return decide(contest("waived").contest, attendance, COUNTED.counts, load_rule_set("resolution_default"))


def digits(of: Contest, marks: tuple[int, ...], serial: str = "", key: SigningKey | None = None) -> str:
    """The code of a paper."""
    random = SeededRng(serial or str(marks)).bytes(16)
    return encode_paper(sign_paper(state().session_id, of.hash, len(of.marks), marks, random, key or box()))


def votes(counts: Counts) -> list[tuple[int, ...]]:
    """Ballots that have these totals: each row's marks one after the other."""
    rows = [[mark for mark, count in enumerate(row) for _ in range(count)] for row in counts]
    return [tuple(marks) for marks in zip_longest(*rows)]


def picture(*codes: str) -> Image.Image:
    """A page with these codes beside each other."""
    drawn = [_code(text) for text in codes]
    page = Image.new(
        "L", (sum(code.width for code in drawn) or 50, max([code.height for code in drawn], default=50)), 255
    )
    left = 0
    for code in drawn:
        page.paste(code, (left, 0))
        left += code.width
    return page


def png(image: Image.Image) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _code(text: str) -> Image.Image:
    matrix = qr_matrix(text)
    side = len(matrix)
    image = Image.new("L", (side + 8, side + 8), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + 4, y + 4), 0)
    size = (image.width * POINTS_A_MODULE, image.height * POINTS_A_MODULE)
    return image.resize(size, Image.Resampling.NEAREST)

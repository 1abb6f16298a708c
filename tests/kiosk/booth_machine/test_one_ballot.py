"""What the summary says, what the sealed ballot holds, and what the code of the paper record says, are one ballot."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.contest import Contest
from ballots.marks import complete_marks
from ballots.opening import check_opening
from ballots.qr.paper import decode_paper, encode_paper, sign_paper
from ballots.screen.ballot import button_of
from kiosk.booth_machine.marking import Marking
from kiosk.booth_machine.summary import hindrance, summary
from tests.support.builders import BallotWorld, ballot_world, credential_key
from tests.support.contest_strategies import contests
from voting_core.errors import StateError


def touched(contest: Contest, touches: list[tuple[int, int, int]]) -> Marking:
    """Touches of any kind, of which some are refused."""
    marking = Marking(contest)
    for kind, row, mark in touches:
        row_id = contest.rows[row % len(contest.rows)].id
        mark_id = contest.marks[mark % len(contest.marks)]
        try:
            match kind:
                case 0:
                    marking = marking.rest(mark_id)
                case 1:
                    marking = marking.undo()
                case _:
                    marking = marking.tap(row_id, mark_id)
        except StateError:
            continue
    return marking


def decrypted(world: BallotWorld, marks: tuple[int, ...]) -> tuple[int, ...]:
    """What is in the sealed ballot: the mark of each row, by decrypting every counter."""
    counters = [world.decrypt(each, 1) for each in world.statement(world.seal(marks)).ciphertexts]
    width = len(world.contest.marks) - 1
    rows = [counters[at : at + width] for at in range(0, len(counters), width)]
    return tuple(row.index(1) if 1 in row else width for row in rows)


@given(
    contest=contests(rows=4, marks=3),
    touches=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 9)), max_size=25),
)
@settings(max_examples=40, deadline=None)
def test_screen_ciphertext_opening_and_paper_agree(contest: Contest, touches: list[tuple[int, int, int]]) -> None:
    marking = touched(contest, touches)
    if hindrance(contest, marking.marks) is not None:
        return
    said = {
        (button_of(contest, contest.blank).said if line.blank else line.said, name)
        for line in summary(contest, marking.marks)
        for name in line.names
    }
    marks = complete_marks(contest, dict(marking.marks))
    world = ballot_world(contest)
    held = decrypted(world, marks)
    assert held == marks
    sealed = {
        (button_of(contest, contest.marks[mark]).said, row.name) for mark, row in zip(held, contest.rows, strict=True)
    }
    assert said == sealed
    check_opening(world.seal(marks), contest, world.key, marks, world.seed().reveal())
    paper = sign_paper(world.session, contest.hash, len(contest.marks), marks, bytes(16), credential_key())
    assert decode_paper(encode_paper(paper), world.session).marks == marks

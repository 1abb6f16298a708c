"""For any ballot: buttons, summary, paper, QR code and the opened ciphertexts say the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.contest import Contest, Kind
from ballots.marks import complete_marks
from ballots.opening import check_opening
from ballots.paper.record_sheet import SheetTexts, record_sheet
from ballots.paper.record_words import record_lines
from ballots.qr.paper import encode_paper, sign_paper
from ballots.screen.ballot import ballot_view
from ballots.sealed_ballot import SealedBallot
from kiosk.booth_machine.summary import summary
from kiosk.paper.record import texts_of
from kiosk.scan.codes import codes_in
from kiosk.scan.memory import Memory
from kiosk.scan.pictures import pictures_of
from kiosk.scan.station import Scanner
from tally.audit.papers import Totals, Urn
from tests.support.builders import APPROVAL, SESSION, TRUST, BallotWorld, small_contest
from tests.support.pdf import text_of
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.signing_key import SigningKey

BOX = SigningKey.generate(SeededRng("box"))
SECRET = 20_261_208
TEXTS: SheetTexts = texts_of(SessionBuilder().run("created").state)
KINDS = (
    (Kind.ELECTION, APPROVAL, "abstain"),
    (Kind.TICKET_VOTE, ("agree", "disapprove", "abstain"), "abstain"),
    (Kind.EVALUATION, TRUST, "弃权"),
    (Kind.QUESTIONNAIRE, ("chosen", "not_chosen"), "not_chosen"),
    (Kind.ELECTION, APPROVAL, ""),
)


@st.composite
def ballots(draw: st.DrawFn) -> tuple[Contest, dict[str, str]]:
    """A contest, and what a delegate touched; rows may be left where the contest says what that means."""
    kind, marks, blank = draw(st.sampled_from(KINDS))
    contest = small_contest(draw(st.integers(1, 6)), marks, kind=kind, blank=blank)
    choice = st.sampled_from((*marks, "") if blank else marks)
    touched = {row.id: draw(choice) for row in contest.rows}
    return contest, {row: mark for row, mark in touched.items() if mark}


def on_screen(contest: Contest, touched: dict[str, str]) -> dict[int, str]:
    """The word that stands on the button of each row; a row without one counts as the contest says."""
    view = ballot_view(contest, touched)
    words = {button.mark: button.said.zh for button in view.buttons}
    return {row.number: words[row.mark or contest.blank] for page in view.pages for row in page}


def in_summary(contest: Contest, touched: dict[str, str]) -> dict[str, str]:
    """The word under which the summary names each row, by the name; what was left blank is what it counts as."""
    said = {}
    for line in summary(contest, touched):
        word = line.said.zh.partition("视为“")[2].rstrip("”") if line.blank else line.said.zh
        said |= dict.fromkeys(line.names, word)
    return said


def in_ciphertexts(world: BallotWorld, ballot: SealedBallot) -> tuple[int, ...]:
    """The marks that the ciphertexts hold, decrypted with the secret that nobody has."""
    counters = [world.decrypt(one, most=1) for one in world.statement(ballot).ciphertexts]
    width = len(world.contest.marks) - 1
    rows = [counters[at : at + width] for at in range(0, len(counters), width)]
    return tuple(row.index(1) if 1 in row else width for row in rows)


@settings(max_examples=15, deadline=None)
@given(ballots(), st.binary(min_size=16, max_size=16))
def test_screen_paper_code_and_ciphertexts_say_the_same(ballot: tuple[Contest, dict[str, str]], serial: bytes) -> None:
    contest, touched = ballot
    marks = complete_marks(contest, touched)
    screen = on_screen(contest, touched)
    lines = record_lines(contest, marks)
    assert {row.name: line.said.zh for line in lines for row in line.rows} == in_summary(contest, touched)
    assert {row.number: line.said.zh for line in lines for row in line.rows} == screen
    assert {row.number: row.name for line in lines for row in line.rows} == dict(
        enumerate((row.name for row in contest.rows), 1)
    )

    pdf = record_sheet(
        contest, sign_paper(SESSION, contest.hash, len(contest.marks), marks, serial, BOX), TEXTS
    ).reveal()
    printed = "".join(
        line.said.zh
        + (f"（{line.note.zh}）" if line.note.zh else "")
        + str(line.count)
        + ("".join(f"{row.number}{row.name}" for row in line.rows) or "无")
        for line in lines
    )
    assert printed.replace(" ", "") in text_of(pdf)

    (page,) = pictures_of(pdf, "sheet")
    (code,) = codes_in(page.image)
    assert code == encode_paper(sign_paper(SESSION, contest.hash, len(contest.marks), marks, serial, BOX))
    read = Urn(SESSION, contest, BOX.public).read(code)
    assert not isinstance(read, str)
    assert read.marks == marks

    world = BallotWorld(contest, SECRET)
    sealed = world.seal(marks)
    assert in_ciphertexts(world, sealed) == marks
    check_opening(sealed, contest, world.key, marks, world.seed().reveal())
    other = ((marks[0] + 1) % len(contest.marks), *marks[1:])
    with pytest.raises(VerificationError, match=r"V8\.J"):
        check_opening(sealed, contest, world.key, other, world.seed().reveal())


def test_papers_add_up_to_what_the_ciphertexts_add_up_to(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Twelve ballots: the totals of the scanned codes are those of the decrypted sums."""
    contest = small_contest(3, blank="abstain")
    world, rng = BallotWorld(contest, SECRET), SeededRng("twelve")
    urn = Urn(SESSION, contest, BOX.public)
    scanner = Scanner(urn, Memory.open(tmp_path_factory.mktemp("scan") / "m", urn, rng))
    sums = None
    for voter in range(12):
        marks = tuple(value % 3 for value in rng.bytes(3))
        scanner.take(encode_paper(sign_paper(SESSION, contest.hash, 3, marks, rng.bytes(16), BOX)))
        ciphertexts = world.statement(world.seal(marks, voter)).ciphertexts
        sums = ciphertexts if sums is None else tuple(a + b for a, b in zip(sums, ciphertexts, strict=True))
    counted = [world.decrypt(one, most=12) for one in sums or ()]
    rows = [(*counted[at : at + 2], 12 - sum(counted[at : at + 2])) for at in range(0, len(counted), 2)]
    assert scanner.memory.totals == Totals(12, tuple(rows))

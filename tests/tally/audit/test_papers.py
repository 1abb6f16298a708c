import dataclasses

import pytest

from ballots.paper.record_words import record_text
from ballots.qr.credential import encode_credential
from ballots.qr.digits import Kind, Payload, encode_payload
from ballots.qr.paper import PaperRecord, encode_paper, sign_paper
from ballots.qr.receipt import encode_receipt
from tally.audit.papers import Problem, Totals, Urn
from tests.support.builders import SESSION, small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

CONTEST = small_contest(3, at_most={"approve": 1}, blank="abstain")
RNG = SeededRng("papers")
BOX = SigningKey.generate(RNG)
URN = Urn(SESSION, CONTEST, BOX.public)


def paper(marks: tuple[int, ...] = (0, 1, 2), **changes: object) -> str:
    given = {"session": SESSION, "contest_hash": CONTEST.hash, "marks_per_row": 3, "box_key": BOX, **changes}
    return encode_paper(sign_paper(marks=marks, serial=RNG.bytes(16), **given))


def test_a_paper_of_the_contest_is_read() -> None:
    record = URN.read(paper())
    assert isinstance(record, PaperRecord)
    assert record.marks == (0, 1, 2)
    assert record_text(CONTEST, record.marks) == "赞成 1：1 李红香\n不赞成 1：2 王桂敏\n弃权（含未表态的） 1：3 杨光"


def test_the_reasons_for_which_a_paper_is_not_counted() -> None:
    good = paper()
    other = small_contest(3, id="other")
    unreadable_content = encode_payload(Payload(Kind.PAPER, SESSION[:4], b"\x00"))
    digit = "1" if good[-1] == "0" else "0"
    seen = {
        Problem.NOT_OURS: ["", "123", "https://example.com", good + "0", unreadable_content],
        Problem.DAMAGED: [good[:-1] + digit],
        Problem.OTHER_KIND: [
            encode_receipt(bytes(32), SESSION),
            encode_credential(Secret(bytes(16)), SESSION).reveal(),
        ],
        Problem.OTHER_SESSION: [paper(session=bytes(32))],
        Problem.OTHER_CONTEST: [paper(contest_hash=other.hash)],
        Problem.FORGED: [
            paper(box_key=SigningKey.generate(RNG)),
            paper(box_key=SigningKey.generate(RNG), contest_hash=other.hash),
        ],
        Problem.IMPOSSIBLE: [paper((0, 0, 2)), paper((0, 1)), paper((0, 1, 2), marks_per_row=4)],
    }
    assert {problem: [URN.read(digits) for digits in given] for problem, given in seen.items()} == {
        problem: [problem] * len(given) for problem, given in seen.items()
    }


def test_every_change_of_a_code_is_noticed() -> None:
    """A digit more or less in one place is damaged; with a check made again it is not signed."""
    record = sign_paper(SESSION, CONTEST.hash, 3, (0, 1, 2), bytes(16), BOX)
    changed = dataclasses.replace(record, marks=(1, 0, 2))
    assert URN.read(encode_paper(changed)) is Problem.FORGED
    digits = encode_paper(record)
    for place in range(0, len(digits), 7):
        other = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
        assert URN.read(other) in (Problem.DAMAGED, Problem.NOT_OURS)


@pytest.mark.parametrize("problem", tuple(Problem))
def test_every_problem_is_said_in_both_languages(problem: Problem) -> None:
    assert problem.said.zh
    assert problem.said.en


def test_totals() -> None:
    totals = Totals.none(CONTEST).plus((0, 1, 2)).plus((2, 1, 2))
    assert totals == Totals(2, ((1, 0, 1), (0, 2, 0), (0, 0, 2)))
    with pytest.raises(ValueError, match="zip"):
        totals.plus((0, 1))

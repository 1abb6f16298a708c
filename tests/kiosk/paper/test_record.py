import dataclasses
import io
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from ballots.contest import Contest, Row
from kiosk.paper import record as module
from kiosk.paper.record import check_contest, main, new_serial, print_record, texts_of
from tests.support.builders import small_contest
from tests.support.pdf import text_of
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.errors import FatalError, InputError
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

CONTEST = small_contest(3)
BOX = SigningKey.generate(SeededRng("box"))
SERIAL = Secret(bytes(range(16)))
STATE = SessionBuilder().run("keyed").state


def printed(contest: Contest = CONTEST) -> bytes:
    return print_record(STATE, contest, Secret((0, 1, 2)), BOX, SERIAL).reveal()


def test_a_sheet_comes_from_a_process_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    run = subprocess.run

    def watched(*arguments: Any, **options: Any) -> Any:
        started.append(options["input"])
        return run(*arguments, **options)

    monkeypatch.setattr(module.subprocess, "run", watched)
    pdf = printed()
    assert "赞成11李红香不赞成12王桂敏弃权13杨光" in text_of(pdf)
    assert STATE.facts.title in text_of(pdf)
    # The same order in this process gives the same bytes.
    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(started[0])))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=taken))
    main()
    assert taken.getvalue() == pdf


@pytest.mark.parametrize(
    "failure",
    [subprocess.CalledProcessError(1, "x", output=b"secret"), subprocess.TimeoutExpired("x", 1), OSError("x")],
)
def test_a_failure_tells_nothing_of_the_choices(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise failure

    monkeypatch.setattr(module.subprocess, "run", fail)
    with pytest.raises(FatalError) as refused:
        printed()
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_a_name_that_cannot_be_printed_is_told_before_voting_and_at_printing() -> None:
    contest = dataclasses.replace(CONTEST, rows=(*CONTEST.rows[:2], Row("0003", "𠮷田")))
    check_contest(STATE, CONTEST)
    for ask in (lambda: check_contest(STATE, contest), lambda: printed(contest)):
        with pytest.raises(InputError, match="row 0003"):
            ask()


def test_serials_are_random_and_texts_are_those_of_the_session() -> None:
    rng = SeededRng("serials")
    assert len({new_serial(rng).reveal() for _ in range(3)}) == 3
    assert len(new_serial(rng).reveal()) == 16
    assert texts_of(STATE).title == STATE.facts.title
    assert texts_of(STATE).simulated == STATE.facts.simulated

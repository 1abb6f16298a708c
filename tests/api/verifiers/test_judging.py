"""A verifier's side: every bad one named, until whoever asks is gone."""

import io
from dataclasses import replace

import pytest

from api.verifiers import judging
from api.verifiers.judging import READY, answer, failures_of
from api.verifiers.wire import read_answer, request_line
from tests.api.sequencer.test_arguments import statements
from voting_core.errors import EncodingError


def test_every_request_is_answered_in_its_order() -> None:
    good, bad = statements(set(), 2), statements({1}, 2)
    requests = io.BytesIO(request_line(good, set()) + request_line(bad, {good[0].context.contest_hash}))
    answers = io.BytesIO()
    answer(requests, answers)
    ready, first, second = answers.getvalue().splitlines(keepends=True)
    assert ready == READY
    assert read_answer(first) == {}
    assert set(read_answer(second)) == {bad[1].subject}


def test_a_challenge_of_nothing_condemns_its_ballot_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = statements(set(), 3)
    verify = judging.verify_batch

    def zero_challenge(part: object, group: object) -> None:
        if batch[1] in part:  # type: ignore[operator]
            raise EncodingError("transcript", "the challenge w is 0")
        verify(part, group)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "verify_batch", zero_challenge)
    failures = failures_of(batch)
    assert set(failures) == {batch[1].subject}
    assert failures[batch[1].subject].code == "V2.D"


def test_a_changed_argument_is_bad() -> None:
    (one,) = statements(set(), 1)
    changed = replace(one, argument=replace(one.argument, z=one.argument.z ^ 1))
    assert {error.code for error in failures_of([changed]).values()} <= {"V8.F", "V8.G"}
    assert failures_of([changed])

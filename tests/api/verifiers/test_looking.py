"""A verifier's side: every run looked at, until whoever asks is gone."""

import io

from api.verifiers.looking import READY, answer
from api.verifiers.wire import read_message, write_message
from tests.api.sequencer.test_looking import bad_of, ballots


def test_every_request_is_answered_in_its_order() -> None:
    run, known = ballots({1}, 3)
    requests, answers = io.BytesIO(), io.BytesIO()
    # What ballots are opened with is said once.
    for request in ((known, (run[0],)), (None, (run[1], b"{}")), (None, (run[2],))):
        write_message(requests, request)
    requests.seek(0)
    answer(requests, answers)
    answers.seek(0)
    assert answers.readline() == READY
    first, second, third = (read_message(answers) for _ in range(3))
    assert bad_of(first) == bad_of(third) == {}
    assert first[0].ballot is not None
    assert third[0].ballot is not None
    assert set(bad_of(second)) == {0}
    assert second[1].entry.code == "V2.B"
    assert answers.read() == b""

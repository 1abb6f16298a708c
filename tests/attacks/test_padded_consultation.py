"""A written consultation with more agreement than people (SPEC §8.5 rule 16).

Nobody votes in a consultation, so no ballot contradicts what two officials write down. If the numbers need not add up,
those who never replied can be counted among those who agree, and the paper still looks like a record.
"""

import pytest

from tally.entries.consultations import ConsultationRecorded
from tally.replay import consultations, replay
from tally.state import State
from tests.attacks.support.sessions import refused, without
from tests.support.session import SessionBuilder


def told(session: SessionBuilder, agree: int) -> bytes:
    body = ConsultationRecorded(
        id="mayor", title_zh="人选", title_en="", members=33, alternates=7, agree=agree, disagree=6, no_reply=4
    )
    return session.entry(body, *session.officials)


def test_silence_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    session = SessionBuilder("padded consultation").run("equipped")
    with monkeypatch.context() as patch:
        without(patch, consultations, "consult", lambda *_: None)
        taken: State = replay(session.state, told(session, 34))
        assert taken.consultations["mayor"].agree == 34
    refused(session, told(session, 34), "V11.D")
    session.append(told(session, 30))
    assert not session.state.contests

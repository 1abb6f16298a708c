"""Why something cannot enter the log, and what to do."""

import pytest

from tally.entries.bodies import TYPES
from tally.entries.build import draft_entry
from tally.entries.contests import ContestOpened, ContestPaused, ContestResumed, KioskRegistered
from tally.entries.envelope import Entry
from tally.entries.reading import Body
from tally.entries.session import SessionSealed
from tally.entry_words.hindrance import hindrance_of
from tests.support.session import SessionBuilder
from voting_core.signing_key import SigningKey


def proposal(builder: SessionBuilder, body: Body, author: SigningKey) -> Entry:
    state = builder.state
    seen = (state.size, state.root)
    return draft_entry(TYPES[type(body)], body, state.id, author.public, time=1, seen=seen).as_entry()


def kiosk(builder: SessionBuilder, box: bytes | None = None) -> KioskRegistered:
    return KioskRegistered(name="K09", kiosk=builder.key("new").public, box_key=box or builder.box.public)


def test_what_needs_nothing_but_signatures_has_no_hindrance() -> None:
    builder = SessionBuilder().run(until="ready")
    assert hindrance_of(builder.state, proposal(builder, ContestOpened("motion"), builder.officials[0])) is None
    assert hindrance_of(builder.state, proposal(builder, kiosk(builder), builder.officials[0])) is None


def test_no_kiosk_is_admitted_while_somebody_votes_and_what_to_do_is_said() -> None:
    builder = SessionBuilder().run(until="open")
    found = hindrance_of(builder.state, proposal(builder, kiosk(builder), builder.officials[0]))
    assert found is not None
    assert not found.final
    assert "投票期间不接纳新终端" in found.said.zh
    assert "no kiosk is admitted" in found.said.en
    assert "结束投票后再签名" in found.remedy.zh
    assert "Sign after this contest has closed" in found.remedy.en
    assert "kiosks are registered while nobody votes" in found.detail


@pytest.mark.parametrize(("same", "word"), [("box", "ballot-box.json"), ("key", "Withdraw")])
def test_keys_that_do_not_fit_never_will(same: str, word: str) -> None:
    builder = SessionBuilder().run(until="ready")
    known = KioskRegistered(name="K09", kiosk=builder.kiosks[0].public, box_key=builder.box.public)
    body = known if same == "key" else kiosk(builder, builder.key("other").public)
    found = hindrance_of(builder.state, proposal(builder, body, builder.officials[0]))
    assert found is not None
    assert found.final
    assert word in found.remedy.en


def test_an_act_that_another_one_overtook_is_proposed_again() -> None:
    builder = SessionBuilder().run(until="open")
    old = proposal(builder, ContestPaused("motion"), builder.officials[0])
    assert hindrance_of(builder.state, old) is None
    for body in (ContestPaused("motion"), ContestResumed("motion")):
        builder.add(body, *builder.officials)
    found = hindrance_of(builder.state, old)
    assert found is not None
    assert found.final
    assert "propose it again" in found.remedy.en


def test_a_step_before_its_time_waits_for_the_steps_before_it() -> None:
    builder = SessionBuilder().run(until="open")
    found = hindrance_of(builder.state, proposal(builder, SessionSealed(), builder.officials[0]))
    assert found is not None
    assert not found.final
    assert found.said.en.endswith(".")

from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.services.hindrance import hindrance_of
from api.services.proposals import Proposal, read_proposal
from tally.entries.bodies import TYPES
from tally.entries.build import draft_entry
from tally.entries.contests import ContestOpened, ContestPaused, ContestResumed, KioskRegistered
from tally.entries.reading import Body
from tally.entries.session import SessionSealed
from tests.api.people import PASSWORD
from tests.api.staged import stage
from tests.support.session import SessionBuilder
from voting_core.params import Tag
from voting_core.signing_key import SigningKey


def proposal(builder: SessionBuilder, body: Body, *signers: SigningKey) -> Proposal:
    state = builder.state
    draft = draft_entry(TYPES[type(body)], body, state.id, signers[0].public, time=1, seen=(state.size, state.root))
    return read_proposal(Proposal.bytes_of(draft, {key.public: key.sign(Tag.ENTRY, draft.message) for key in signers}))


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


def test_officials_read_why_and_nobody_signs_in_vain(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("open")
    with staged.running() as running:
        builder, (li, wang) = running.builder, running.both()
        one, two = builder.officials
        new = builder.key("new")
        first, complete = proposal(builder, kiosk(builder), one), proposal(builder, kiosk(builder), one, two, new)
        assert running.client.post("/v1/proposals", content=first.to_bytes()).status_code == 200
        by_key = {account.signing_key: account.id for account in running.service.accounts.all()}
        person = {"li-na": li, "wang-qiang": wang}[by_key[two.public]]
        for page in ("/waiting", "/session"):
            text = person.get(page).text
            assert "正在投票；投票期间不接纳新终端" in text
            assert "请等这项表决结束投票后再签名" in text
            assert "等您签名" not in text
        assert "no kiosk is admitted meanwhile" in person.get("/waiting?lang=en").text
        refused = person.post(f"/waiting/{first.id.hex()}/sign", password=PASSWORD)
        assert refused.status_code == 409
        (waiting,) = running.service.reader.proposals()
        assert list(read_proposal(waiting.entry).signatures) == [one.public]
        # A program that does not look first has it signed by all; when the moment has passed, that is said too.
        assert running.client.post("/v1/proposals", content=complete.to_bytes()).json()["status"] == "waiting"
        builder.run("closed")
    with staged.running() as running:
        text = running.somebody(Role.OBSERVER).get("/waiting?lang=en").text
        assert "Everybody has signed, but it could not enter the log" in text

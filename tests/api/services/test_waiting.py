from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.services.proposals import Proposal, read_proposal
from api.services.waiting import contest_of, described, may_sign, missing_signers, waiting_for
from tally.entries.bodies import TYPES
from tally.entries.build import draft_entry
from tally.entries.ceremony import TrusteeJoined
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestAbandoned, ContestDefined, ContestOpened, KioskRegistered
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entries.session import OfficialAdmitted
from tally.entry_words import act_of
from tests.api.people import PASSWORD
from tests.api.staged import stage
from tests.support.sample_bodies import SAMPLES
from tests.support.session import SessionBuilder, motion_contest
from voting_core.params import Tag
from voting_core.signing_key import SigningKey


def proposal(builder: SessionBuilder, body: Body, *signers: SigningKey) -> Proposal:
    state = builder.state
    draft = draft_entry(TYPES[type(body)], body, state.id, signers[0].public, time=1, seen=(state.size, state.root))
    return read_proposal(Proposal.bytes_of(draft, {key.public: key.sign(Tag.ENTRY, draft.message) for key in signers}))


def missing(builder: SessionBuilder, body: Body, *signers: SigningKey) -> str:
    return "; ".join(said.en for said in missing_signers(builder.state, proposal(builder, body, *signers)))


def test_what_is_missing_is_said() -> None:
    builder = SessionBuilder().run(until="open")
    one, two = builder.officials
    new = builder.key("new")
    assert missing(builder, ContestOpened("motion"), one) == "1 more official(s)"
    assert missing(builder, ContestOpened("motion"), one, two) == ""
    assert "3 more scrutineer(s)" in missing(builder, ContestAbandoned("motion", "defect"), one, two)
    trustee = builder.trustees[1].signing
    assert missing(builder, KioskLost("motion", builder.kiosks[0].public), trustee).startswith("2 more")
    admitted = missing(builder, OfficialAdmitted(new.public), one)
    assert admitted == "1 more official(s); the new official's own signature"
    kiosk = KioskRegistered(name="K09", kiosk=new.public, box_key=builder.box.public)
    assert "the kiosk's signature" in missing(builder, kiosk, one)
    joined = TrusteeJoined(index=1, name="某", signing_key=new.public, witness_key=bytes(32))
    assert missing(builder, joined, new) == "2 more official(s)"
    waived = {**motion_contest(builder.rules_ref()).to_json(), "waiver": True}
    assert "3 more scrutineer(s)" in missing(builder, ContestDefined(waived), one)


def test_a_third_official_does_not_spoil_what_two_have_signed() -> None:
    builder = SessionBuilder().run(until="open")
    one, two = builder.officials
    third = builder.key("third")
    builder.add(OfficialAdmitted(third.public), one, two, third)
    waiting = proposal(builder, ContestAbandoned("motion", "defect"), one)
    assert may_sign(builder.state, waiting, third.public)
    assert not may_sign(builder.state, waiting, one.public)
    both = proposal(builder, ContestAbandoned("motion", "defect"), one, two)
    assert not may_sign(builder.state, both, third.public)
    assert not may_sign(builder.state, waiting, builder.trustees[1].signing.public)


TWO_OFFICIALS = [
    type_
    for type_ in SAMPLES
    if act_of(type_).signers.name.startswith("OFFICIALS") and type_ is not EntryType.SESSION_CREATED
]
"""Opening, closing, settling a box, reducing seats, a further contest, abandoning, a kiosk, a scrutineer …"""


@pytest.mark.parametrize("type_", TWO_OFFICIALS, ids=str)
def test_one_official_never_counts_twice(type_: EntryType) -> None:
    builder = SessionBuilder().run(until="created")
    one, two = builder.officials
    mine = proposal(builder, SAMPLES[type_], one)
    assert not may_sign(builder.state, mine, one.public)
    assert may_sign(builder.state, mine, two.public)
    again = mine.merged_with(mine.to_bytes()).signed_by(one.public, mine.signatures[one.public])
    assert list(again.signatures) == [one.public]
    assert "1 more official(s)" in "; ".join(said.en for said in missing_signers(builder.state, again))


def test_the_contest_of_a_body_is_found() -> None:
    builder = SessionBuilder().run(until="equipped")
    assert contest_of(ContestDefined(motion_contest(builder.rules_ref()).to_json())) == "motion"
    assert contest_of(ContestOpened("motion")) == "motion"
    assert contest_of(OfficialAdmitted(bytes(32))) == ""


def test_what_waits_is_listed_for_each_person(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("ready")
    with staged.running() as running:
        service, builder = running.service, running.builder
        one = builder.officials[0]
        waiting = proposal(builder, ContestOpened("motion"), one)
        assert running.client.post("/v1/proposals", content=waiting.to_bytes()).status_code == 200
        found = {account.id: account for account in service.accounts.all() if account.signing_key}
        by_key = {account.signing_key: account for account in found.values()}
        (mine,) = waiting_for(service, by_key[one.public])
        (other,) = waiting_for(service, by_key[builder.officials[1].public])
        assert (mine.can_sign, other.can_sign, other.can_withdraw) == (False, True, True)
        assert mine.signed[0].zh in ("李娜", "王强")
        assert described(builder.state, {}, waiting, by_key[one.public]).signed[0].zh == "工作人员 1"


def test_proposals_stand_in_the_order_of_seats_and_contests(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("created")
    with staged.running() as running:
        builder = running.builder
        for index in (3, 1, 2):
            new = builder.key(f"new {index}")
            body = TrusteeJoined(index=index, name=f"监票人{index}", signing_key=new.public, witness_key=bytes(32))
            service, one = running.service, builder.officials[0]
            sent = proposal(builder, body, one, new)
            assert running.client.post("/v1/proposals", content=sent.to_bytes()).status_code == 200
        account = service.accounts.find("li-na")
        assert account is not None
        assert [one.body.index for one in waiting_for(service, account)] == [1, 2, 3]  # type: ignore[union-attr]


def new_kiosk(builder: SessionBuilder) -> KioskRegistered:
    return KioskRegistered(name="K09", kiosk=builder.key("new").public, box_key=builder.box.public)


def test_officials_read_why_and_nobody_signs_in_vain(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    staged.builder.run("open")
    with staged.running() as running:
        builder, (li, wang) = running.builder, running.both()
        one, two = builder.officials
        new = builder.key("new")
        first, complete = (
            proposal(builder, new_kiosk(builder), one),
            proposal(builder, new_kiosk(builder), one, two, new),
        )
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

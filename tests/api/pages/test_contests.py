"""The page of a contest: the same step after every restart, and two people for everything that two people do."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.acts.signing import Signer
from api.services.proposals import Proposal
from api.store.setup import replace_setup, revision_of
from tally.entries.bodies import TYPES
from tally.entries.build import draft_entry
from tally.entries.closing import KioskLost
from tally.entries.contests import Box, ContestOpened, KioskRegistered
from tally.entries.outcome import ReportSigned, ResultPublished
from tally.replay.expected import report_digest
from tally.report.document_words import PRINTED
from tally.report.model import DocumentKind
from tests.api.people import PASSWORD
from tests.api.staged import OFFICIALS, Running, Staged, stage
from tests.support.session import STAGES, SessionBuilder
from tests.tally.drafting.folders import example_files
from tests.tally.replay.by_hand import election, held, with_rules
from tests.tally.replay.sheets import by_hand, enter, plain
from voting_core.params import Tag

STEP = {
    "defined": "表决卡和到会情况核对",
    "issued": "表决卡和到会情况核对",
    "ready": "开始投票",
    "open": "投票，直到结束",
    "voted": "投票，直到结束",
    "closed": "终端报告票数",
    "reported": "监票人核验",
    "verified": "监票人解密总数",
    "share_committed": "监票人解密总数",
    "shared": "写入票数",
    "counted": "按规则得出结果",
    "declared": "监票人签署报告单",
    "signed": "宣布和公布",
    "published": "后续表决",
    "destroyed_keys": "后续表决",
    "sealed": "后续表决",
}

DUE = re.compile(r'aria-current="step">\s*<h2>([^<]*)</h2>')


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Staged]:
    """A data directory for every stage, built in one go."""
    first = stage(tmp_path_factory.mktemp("first") / "data")
    found = {}
    for name in STAGES:
        first.builder.run(name)
        found[name] = first.copied(tmp_path_factory.mktemp(name) / "data")
    return found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, stages: dict[str, Staged]) -> None:
    """Passwords cost a fifth of a second each: here the keys open at once, but only for who has the right one."""
    keys = next(iter(stages.values())).keys

    def opened(signer: Signer, accounts: object) -> object:
        assert signer.password.reveal() == PASSWORD
        return keys[signer.account.id]

    monkeypatch.setattr(Signer, "open", opened)


@pytest.mark.parametrize("name", STEP)
def test_after_a_restart_the_page_shows_the_same_step(stages: dict[str, Staged], name: str) -> None:
    with stages[name].running() as running:
        for person in (running.sign_in(OFFICIALS[0]), running.somebody(Role.OBSERVER)):
            answer = person.get("/contests/motion")
            assert answer.status_code == 200, answer.text
            assert DUE.findall(answer.text) == [STEP[name]]
            assert person.get("/contests/motion/part").status_code == 200
            assert person.get("/session").status_code == 200


CONSULTATION = {
    "id": "a",
    "title": "征求意见",
    "members": "3",
    "alternates": "1",
    "agree": "2",
    "disagree": "1",
    "no_reply": "1",
}

ACTS = [
    ("ready", "contests/motion/acts/open", {}, "contest.opened"),
    ("voted", "contests/motion/acts/pause", {}, "contest.paused"),
    ("counted", "contests/motion/acts/declare", {}, "outcome.declared"),
    ("signed", "contests/motion/acts/publish", {"scope": "delegates"}, "result.published"),
    ("joined", "session/acts/fault", {"trustee": "2"}, "dkg.faulted"),
    (
        "keyed",
        "session/acts/consult",
        CONSULTATION,
        "consultation.recorded",
    ),
    ("destroyed_keys", "session/acts/seal", {}, "session.sealed"),
]


@pytest.mark.parametrize(("name", "address", "fields", "type_"), ACTS, ids=[act[3] for act in ACTS])
def test_what_two_people_do_one_person_cannot(
    stages: dict[str, Staged], tmp_path: Path, name: str, address: str, fields: dict[str, str], type_: str
) -> None:
    with stages[name].copied(tmp_path / "data").running() as running:
        li, wang = running.both()
        before = running.service.sequencer.view.log.size
        answer = li.post(f"/{address}", password=PASSWORD, **fields)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].endswith("?done=waiting")
        (waiting,) = running.service.reader.proposals()
        assert "等您签名" not in li.get("/waiting").text
        assert "等您签名" in wang.get("/waiting").text
        own = li.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD)
        assert own.status_code == 409
        assert "另一名" in own.text
        again = li.post(f"/{address}", password=PASSWORD, **fields)
        assert again.status_code == 409
        assert running.service.sequencer.view.log.size == before
        done = wang.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD, back="/session")
        assert (done.status_code, done.headers["location"]) == (303, "/session?done=accepted")
        assert running.service.sequencer.view.log.size == before + 1
        assert running.service.history.upto(before + 1)[-1].type == type_
        assert running.service.reader.proposals() == ()
        log = running.service.history.upto(before + 1)[-1]
        assert len(log.keys) == 2


def settled(builder: SessionBuilder) -> None:
    """A box with more ballots than were issued for it."""
    builder.make_contests = (by_hand,)
    builder.run("defined")
    builder.add(builder.attendance(boxes=(Box("一", 3), Box("二", 3))), *builder.two_trustees())
    builder.add(ContestOpened("motion"), *builder.officials)
    enter(builder, plain("一", "1", (4, 0, 0), 3), plain("二", "2", (2, 0, 0), 3))


def one_short(builder: SessionBuilder) -> None:
    """One of two seats is empty: a further vote, or fewer seats."""
    held(builder, election(with_rules(builder)), (15, 10, 9, 6))
    digest = report_digest(builder.state, "committee")
    for key in builder.two_trustees():
        builder.add(ReportSigned("committee", digest), key)
    builder.add(ResultPublished("committee", "all"), *builder.officials)


CONTINUED = [
    (settled, "motion", "settle", {"box": "一", "decision": "count"}, "box.settled"),
    (one_short, "committee", "reduce", {"by": "presidium"}, "seats.reduced"),
    (one_short, "committee", "follow", {"what": "supplementary"}, "contest.defined"),
]


@pytest.mark.parametrize(
    ("go_on", "contest", "deed", "fields", "type_"), CONTINUED, ids=[case[2] for case in CONTINUED]
)
def test_two_people_settle_reduce_and_go_on(
    stages: dict[str, Staged],
    tmp_path: Path,
    go_on: Callable[[SessionBuilder], None],
    contest: str,
    deed: str,
    fields: dict[str, str],
    type_: str,
) -> None:
    staged = stages["keyed"].copied(tmp_path / "data")
    staged.builder.run("equipped")
    go_on(staged.builder)
    with staged.running() as running:
        li, wang = running.both()
        form, act = f"/contests/{contest}", f"/contests/{contest}/acts/{deed}"
        assert f'action="{act}"' in li.get(form).text
        assert li.post(act, password=PASSWORD).status_code == (409 if deed == "follow" else 422)
        proposed = li.post(act, password=PASSWORD, **fields)
        assert proposed.headers.get("location") == f"{form}?done=waiting", proposed.text
        (waiting,) = running.service.reader.proposals()
        before = running.service.sequencer.view.log.size
        assert "等您签名" not in li.get(form).text
        assert "等您签名" in wang.get("/waiting").text
        assert li.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD).status_code == 409
        # A second press, by either of them, begins nothing anew.
        for person in (li, wang):
            assert person.post(act, password=PASSWORD, **fields).status_code == 409
        assert running.service.sequencer.view.log.size == before
        signed = wang.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD)
        assert signed.headers["location"].endswith("accepted")
        entry = running.service.history.upto(before + 1)[-1]
        assert (entry.type, len(set(entry.keys))) == (type_, 2)


def test_a_kiosk_is_admitted_by_two_people(stages: dict[str, Staged], tmp_path: Path) -> None:
    with stages["ready"].copied(tmp_path / "data").running() as running:
        (li, wang), builder = running.both(), running.builder
        new, state = builder.key("new kiosk"), builder.state
        body = KioskRegistered(name="K09", kiosk=new.public, box_key=builder.box.public)
        draft = draft_entry(
            TYPES[KioskRegistered], body, state.id, builder.officials[0].public, time=1, seen=(state.size, state.root)
        )
        asks = Proposal.bytes_of(draft, {new.public: new.sign(Tag.ENTRY, draft.message)})
        assert running.client.post("/v1/proposals", content=asks).json()["status"] == "waiting"
        (waiting,) = running.service.reader.proposals()
        sign, before = f"/waiting/{waiting.id.hex()}/sign", running.service.sequencer.view.log.size
        assert "K09" in li.get("/session").text
        assert li.post(sign, password=PASSWORD).headers["location"].endswith("waiting")
        again = li.post(sign, password=PASSWORD)
        assert again.status_code == 409
        assert "另一名" in again.text
        assert running.service.sequencer.view.log.size == before
        assert wang.post(sign, password=PASSWORD).headers["location"].endswith("accepted")
        assert new.public in running.service.sequencer.view.log.kiosks


def test_nobody_countersigns_their_own_resuming_or_abandoning(stages: dict[str, Staged], tmp_path: Path) -> None:
    with stages["open"].copied(tmp_path / "data").running() as running:
        li, wang = running.both()
        for deed, fields in (("pause", {}), ("resume", {}), ("abandon", {"reason": "emergency"})):
            assert li.post(f"/contests/motion/acts/{deed}", password=PASSWORD, **fields).status_code == 303
            (waiting,) = running.service.reader.proposals()
            sign = f"/waiting/{waiting.id.hex()}/sign"
            before = running.service.sequencer.view.log.size
            assert li.post(sign, password=PASSWORD).status_code == 409
            assert running.service.sequencer.view.log.size == before
            done = wang.post(sign, password=PASSWORD).headers["location"]
            # Abandoning waits for the scrutineers too.
            assert done.endswith("done=waiting" if deed == "abandon" else "done=accepted")


def test_counts_are_written_by_one_official(stages: dict[str, Staged], tmp_path: Path) -> None:
    with stages["shared"].copied(tmp_path / "data").running() as running:
        li, _ = running.both()
        answer = li.post("/contests/motion/acts/count", password=PASSWORD)
        assert answer.headers["location"] == "/contests/motion?done=accepted"
        assert DUE.findall(li.get("/contests/motion").text) == ["按规则得出结果"]


def test_the_outcome_is_shown_with_its_reasons_before_it_is_proposed(stages: dict[str, Staged]) -> None:
    with stages["counted"].running() as running:
        li, _ = running.both()
        text = li.get("/contests/motion").text
        assert "本次投票有效" in text
        assert "表决结果报告单" in text
        assert "ballots issued" in li.get("/contests/motion?lang=en").text


@contextmanager
def paused(stages: dict[str, Staged], folder: Path) -> Iterator[Running]:
    """A server on which everybody has voted, and voting pauses."""
    with stages["voted"].copied(folder / "data").running() as running:
        two_do(running, "pause")
        yield running


def two_do(running: Running, deed: str) -> None:
    """Do what two officials do, from their pages."""
    li, wang = running.both()
    before = {one.id for one in running.service.reader.proposals()}
    assert li.post(f"/contests/motion/acts/{deed}", password=PASSWORD).status_code == 303
    (new,) = {one.id for one in running.service.reader.proposals()} - before
    done = wang.post(f"/waiting/{new.hex()}/sign", password=PASSWORD)
    assert done.headers["location"].endswith("accepted"), done.text


def test_a_contest_is_closed_when_every_kiosk_has_said_that_nothing_waits_there(
    stages: dict[str, Staged], tmp_path: Path
) -> None:
    with paused(stages, tmp_path) as running:
        li, wang = running.both()
        page = li.get("/contests/motion").text
        assert page.count("暂停后还没有报告") == 2
        assert "发起：结束投票" not in page
        refused = li.post("/contests/motion/acts/close", password=PASSWORD)
        assert refused.status_code == 409
        assert "K01、K02" in refused.text
        running.tell_queues(waiting=3)
        assert li.get("/contests/motion").text.count("存有 3 张") == 2
        assert li.post("/contests/motion/acts/close", password=PASSWORD).status_code == 409
        assert "holds 3" in li.get("/contests/motion/part?lang=en").text
        running.tell_queues()
        assert "发起：结束投票" in li.get("/contests/motion?lang=zh").text
        assert li.post("/contests/motion/acts/close", password=PASSWORD).status_code == 303
        (closing,) = running.service.reader.proposals()
        sign, before = f"/waiting/{closing.id.hex()}/sign", running.service.sequencer.view.log.size
        assert li.post(sign, password=PASSWORD).status_code == 409
        assert li.post("/contests/motion/acts/close", password=PASSWORD).status_code == 409
        assert running.service.sequencer.view.log.size == before
        assert wang.post(sign, password=PASSWORD).headers["location"].endswith("accepted")
        assert len(running.service.history.upto(before + 1)[-1].keys) == 2
        assert running.service.sequencer.view.log.contests["motion"].status == "closed"


def test_a_lost_kiosk_keeps_nobody_from_closing(stages: dict[str, Staged], tmp_path: Path) -> None:
    with paused(stages, tmp_path) as running:
        li, builder = running.both()[0], running.builder
        for raw in list(running.service.reader.entries(builder.state.size, running.service.sequencer.view.log.size)):
            builder.append(raw)
        for kiosk in builder.kiosks:
            quorum = (builder.trustees[index].signing for index in (1, 2, 3))
            running.add(builder.add(KioskLost("motion", kiosk.public), *quorum))
        assert li.get("/contests/motion").text.count("已宣布丢失") == 2
        assert li.post("/contests/motion/acts/close", password=PASSWORD).status_code == 303


def test_a_closing_is_not_countersigned_when_voting_went_on_meanwhile(
    stages: dict[str, Staged], tmp_path: Path
) -> None:
    with paused(stages, tmp_path) as running:
        li, wang = running.both()
        running.tell_queues()
        li.post("/contests/motion/acts/close", password=PASSWORD)
        (closing,) = running.service.reader.proposals()
        for deed in ("resume", "pause"):
            two_do(running, deed)
        # Over another log, and the kiosks have said nothing yet of this pause.
        assert "已过时" in wang.get("/contests/motion").text
        assert wang.post(f"/waiting/{closing.id.hex()}/sign", password=PASSWORD).status_code == 409
        running.tell_queues()
        li.post("/contests/motion/acts/close", password=PASSWORD)
        (closing,) = running.service.reader.proposals()
        wang.post(f"/waiting/{closing.id.hex()}/sign", password=PASSWORD)
        assert running.service.sequencer.view.log.contests["motion"].status == "closed"


def test_abandoning_waits_for_the_scrutineers(stages: dict[str, Staged], tmp_path: Path) -> None:
    with stages["open"].copied(tmp_path / "data").running() as running:
        li, wang = running.both()
        assert li.post("/contests/motion/acts/abandon", password=PASSWORD, reason="postponed").status_code == 422
        li.post("/contests/motion/acts/abandon", password=PASSWORD, reason="emergency")
        (waiting,) = running.service.reader.proposals()
        done = wang.post(f"/waiting/{waiting.id.hex()}/sign", password=PASSWORD)
        assert done.headers["location"] == "/waiting?done=waiting"
        assert "3 名监票人在各自工作站签名" in wang.get("/waiting").text


def test_an_act_at_the_wrong_moment_changes_nothing(stages: dict[str, Staged]) -> None:
    with stages["open"].running() as running:
        li, _ = running.both()
        assert "请先暂停投票" in li.post("/contests/motion/acts/close", password=PASSWORD).text
        for deed in ("open", "count", "declare", "publish", "close", "follow", "reduce", "settle"):
            assert li.post(f"/contests/motion/acts/{deed}", password=PASSWORD).status_code == 409, deed
        assert li.post("/contests/motion/acts/nothing", password=PASSWORD).status_code == 404
        assert li.get("/contests/none").status_code == 404
        assert running.service.reader.proposals() == ()


def test_reports_are_printed_by_who_may(stages: dict[str, Staged]) -> None:
    with stages["declared"].running() as running:
        li, _ = running.both()
        answer = li.get("/contests/motion/documents/motion_result.pdf")
        assert answer.content.startswith(b"%PDF")
        assert running.somebody(Role.OBSERVER).get("/contests/motion/documents/motion_result.pdf").status_code == 403
        assert li.get("/contests/motion/documents/none.pdf").status_code == 404
        assert "Report of the vote (in Chinese)" in li.get("/contests/motion?lang=en").text
        assert set(PRINTED) == set(DocumentKind)


def test_an_observer_sees_no_result_before_it_is_published(stages: dict[str, Staged]) -> None:
    with stages["declared"].running() as running:
        assert "本次投票有效" not in running.somebody(Role.OBSERVER).get("/contests/motion").text
    with stages["published"].running() as running:
        assert "本次投票有效" in running.somebody(Role.OBSERVER).get("/contests/motion").text


def test_who_signed_is_called_by_the_name_of_the_account(stages: dict[str, Staged]) -> None:
    with stages["voted"].running() as running:
        text = Running.sign_in(running, OFFICIALS[1]).get("/contests/motion").text
        assert "李娜" in text
        assert "王强" in text


def test_a_contest_of_the_draft_is_adopted_and_defined_by_two(stages: dict[str, Staged], tmp_path: Path) -> None:
    with stages["keyed"].copied(tmp_path / "data").running() as running:
        # The draft was there before the session; here it is put beside a session that was made without it.
        running.service.writer.submit(replace_setup(example_files(), revision_of({}))).result()
        li, wang = running.both()
        assert "采用规则" in li.get("/session").text
        assert DUE.findall(li.get("/contests/trust").text) == ["采用规则"]
        for deed, type_ in (("adopt", "rules.adopted"), ("define", "contest.defined")):
            assert wang.post("/contests/trust/acts/open", password=PASSWORD).status_code == 409
            answer = li.post(f"/contests/trust/acts/{deed}", password=PASSWORD)
            assert answer.headers["location"] == "/contests/trust?done=waiting", answer.text
            (waiting,) = running.service.reader.proposals()
            address = f"/waiting/{waiting.id.hex()}/sign"
            assert li.post(address, password=PASSWORD).status_code == 409
            assert wang.post(address, password=PASSWORD, back="/contests/trust").status_code == 303
            size = running.service.sequencer.view.log.size
            assert running.service.history.upto(size)[-1].type == type_
        assert DUE.findall(li.get("/contests/trust").text) == ["表决卡和到会情况核对"]
        assert li.post("/contests/trust/acts/define", password=PASSWORD).status_code == 409

"""What a scrutineer is to see at a glance: where each contest stands, and what waits for this very person.

Pure: it reads a snapshot. Nothing here decides whether something is valid; the log's own rules do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ballots.screen.words import Said
from kiosk.client import WaitingProposal
from kiosk.queue_reading import is_awaiting_queues
from kiosk.station_page.card_lists import CardLists
from kiosk.station_page.proposals import body_of, tell_proposal
from kiosk.station_page.snapshot import Phase, Snapshot
from kiosk.trustee_tally import awaits_kiosks
from tally.entries.entry_type import EntryType
from tally.state import ContestState, State, Status

STATUS_WORDS: Final = {
    Status.DEFINED: Said("尚未开始", "Not open yet"),
    Status.OPEN: Said("正在投票", "Voting"),
    Status.PAUSED: Said("暂停", "Paused"),
    Status.CLOSED: Said("投票已结束", "Closed"),
    Status.COUNTED: Said("已计票", "Counted"),
    Status.DECIDED: Said("已得出结果", "Decided"),
    Status.PUBLISHED: Said("已公布", "Published"),
    Status.ABANDONED: Said("已中止", "Abandoned"),
}

NOTE_WORDS: Final = {
    "joining": Said("请求加入，等待工作人员签名", "Asked to join; the officials are to sign"),
    "key": Said("密钥已生成，份额已存好", "The key is made and the share is kept"),
    "sent": Said("已签名并发出", "Signed and sent"),
    "approved": Said("已补签", "Signed what others had proposed"),
    "proposed": Said("已提出，等待其他人签名", "Proposed; others are to sign"),
    "compare": Said("结束时的根值已算出，等待核对", "The closed root is computed and is to be compared"),
    "refused": Said("服务没有接受", "The server did not take it"),
    "waiting": Said("暂时不能继续，下一轮再试", "Not now; tried again in the next round"),
    "unreachable": Said("服务没有应答", "The server did not answer"),
    "sealed": Said("会议已封存，密钥文件已清除", "The session is sealed and the key file is gone"),
}
"""What the station says, by the name of its event."""

_URGENT: Final = (Status.CLOSED, Status.DECIDED, Status.COUNTED, Status.OPEN, Status.PAUSED, Status.DEFINED)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for this scrutineer, and the page where it is done."""

    said: Said
    address: str
    hindered: bool = False
    """It cannot enter the log as things stand; its page says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a contest. `state` is `done`, `now` or empty; `address` is a page of its own where there is one."""

    said: Said
    state: str
    note: Said | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the scrutineers are with a contest: verified of Q, good shares of k."""

    contest: ContestState
    verified: int
    quorum: int
    shares: int
    threshold: int


def progress(state: State, contest: ContestState) -> Progress:
    """The numbers of one contest."""
    return Progress(contest, len(contest.verified), state.quorum, len(contest.good_shares), state.facts.threshold)


def current(state: State) -> ContestState | None:
    """The contest that matters most now; None before any is defined."""
    contests = sorted(state.contests.values(), key=lambda contest: contest.contest.slot)
    for status in _URGENT:
        for contest in contests:
            if contest.status is status and not contest.is_secret_for_ever:
                return contest
    return contests[-1] if contests else None


def may_nobody_be_missing(trustees: int, threshold: int) -> Said | None:
    """The warning at set-up; None where somebody may be missing."""
    quorum = -(-(trustees + threshold) // 2)
    if threshold == trustees:
        return Said(
            f"本场会议须由全部 {trustees} 名监票人共同解密：少一人、丢一份密钥，结果就永远打不开",
            f"All {trustees} scrutineers are needed to decrypt: if one is missing or one key is lost, no result can be"
            " opened, ever",
        )
    if quorum == trustees:
        return Said(
            f"解密需要 {threshold} 人，但核验须由全部 {trustees} 名监票人签名：计票时一个也不能缺席",
            f"{threshold} can decrypt, but all {trustees} must verify first: nobody may be missing at the count",
        )
    return None


def due(snapshot: Snapshot, lists: CardLists | None, *, backup_tested: bool) -> list[Due]:
    """Everything that waits for this person, the most urgent first."""
    if snapshot.phase is not Phase.RUNNING or not snapshot.has_session:
        return []
    found = [_to_sign(snapshot, item) for item in snapshot.to_sign]
    found.sort(key=lambda item: item.hindered)
    contests = sorted(snapshot.state.contests.values(), key=lambda contest: contest.contest.slot)
    for contest in contests:
        found += _due_of(snapshot, contest, lists)
    if snapshot.has_share and not backup_tested:
        found.append(Due(Said("备份密钥文件，并试一试备份能否打开", "Back up the key file, and test the copy"), "/key"))
    if snapshot.has_share and is_over(snapshot.state):
        found.append(Due(Said("全部表决完成后：销毁密钥", "When everything is finished: destroy the key"), "/key"))
    return found


def _to_sign(snapshot: Snapshot, proposal: WaitingProposal) -> Due:
    said = tell_proposal(snapshot.state, body_of(proposal.type, proposal.draft.value["body"])).said
    asked = Said(f"核对并签名：{said.zh}", f"Compare and sign: {said.en}")
    return Due(asked, f"/sign/{proposal.id}", hindered=proposal.id in snapshot.hindrances)


def is_over(state: State) -> bool:
    """Whether there is nothing left to vote on: every contest that is defined has come to its end."""
    contests = state.contests.values()
    return bool(contests) and all(item.is_finished and item.status is not Status.DEFINED for item in contests)


def _due_of(snapshot: Snapshot, contest: ContestState, lists: CardLists | None) -> Iterator[Due]:
    state, index = snapshot.state, snapshot.index
    title, place = contest.contest.title, f"/contests/{contest.id}"
    en = title.en or title.zh
    if contest.status is Status.DEFINED:
        if not contest.is_by_hand and (missing := missing_lists(state, contest)):
            if all((contest.contest.slot, name) in _lists_waiting(snapshot) for name in missing):
                # Somebody has proposed them: they are compared and signed, or wait for the other scrutineer.
                return
            said = Said(f"登记“{title.zh}”的表决卡名单", f"Register the credentials of {en}")
            yield Due(said, f"{place}/cards" if lists else "/cards")
        elif contest.attendance is None:
            said = Said(
                f"查看空票箱，签署“{title.zh}”的到会情况", f"Inspect the empty box and sign the attendance of {en}"
            )
            yield Due(said, f"{place}/attendance")
    if contest.uncounted_boxes and contest.status in (Status.CLOSED, Status.COUNTED, Status.OPEN):
        yield Due(Said(f"录入“{title.zh}”的计票单", f"Enter the count sheet of {en}"), f"{place}/sheet")
    if is_to_compare(snapshot, contest):
        yield Due(Said(f"口头核对“{title.zh}”的根值", f"Compare the root code of {en} aloud"), f"{place}/compare")
    if contest.status is Status.DECIDED and index not in contest.signers:
        yield Due(Said(f"阅读并签署“{title.zh}”的报告单", f"Read and sign the report of {en}"), f"{place}/report")


def _lists_waiting(snapshot: Snapshot) -> set[tuple[object, object]]:
    """Slot and class of the lists of cards that are proposed already and can enter the log."""
    bodies = (
        item.draft.value["body"]
        for item in snapshot.proposals
        if item.type is EntryType.CREDENTIALS_ISSUED and item.id not in snapshot.hindrances
    )
    return {(body["slot"], body["class"]) for body in bodies if isinstance(body, dict)}


def missing_lists(state: State, contest: ContestState) -> tuple[str, ...]:
    """The classes of a contest whose credentials are not registered."""
    return tuple(name for name in contest.contest.classes if (contest.contest.slot, name) not in state.lists)


def is_to_compare(snapshot: Snapshot, contest: ContestState) -> bool:
    """Whether the closed root waits for the word of this scrutineer."""
    if contest.status is not Status.CLOSED or contest.closing is None or contest.is_by_hand:
        return False
    return not (
        awaits_kiosks(contest, contest.closing)
        or snapshot.index in contest.verified
        or contest.id in snapshot.signed_roots
    )


def steps(snapshot: Snapshot, contest: ContestState) -> list[Step]:
    """The life of a contest, as far as scrutineers have a part in it."""
    made = list(_steps_by_hand(contest) if contest.is_by_hand else _steps_at_kiosks(snapshot, contest))
    steps_done = [done for _, done, _, _ in made]
    now = steps_done.index(False) if False in steps_done else len(made)
    if contest.status is Status.ABANDONED:
        now = -1
    return [
        Step(
            said,
            "done" if done else "now" if place == now else "",
            note,
            f"/contests/{contest.id}{address}" if address else "",
        )
        for place, (said, done, note, address) in enumerate(made)
    ]


_Made = tuple[Said, bool, Said | None, str]


def _steps_at_kiosks(snapshot: Snapshot, contest: ContestState) -> Iterator[_Made]:
    state, closing = snapshot.state, contest.closing
    counts = progress(state, contest)
    missing = missing_lists(state, contest)
    yield Said("登记表决卡名单", "Credentials registered"), not missing, None, "/cards"
    has = contest.attendance is not None
    yield Said("查看空票箱，签署到会情况", "Empty box inspected, attendance signed"), has, None, "/attendance"
    cast = Said(f"已投出 {contest.cast}", f"{contest.cast} cast") if contest.has_opened else None
    yield Said("投票", "Voting"), closing is not None, cast, ""
    waiting = len(set(closing.kiosks) - set(contest.reports) - contest.lost) if closing else 0
    note = Said(f"还有 {waiting} 台终端未报告", f"{waiting} kiosk(s) have not reported") if waiting else None
    if is_awaiting_queues(contest):
        note = _queues(snapshot, contest)
    yield Said("结束投票，终端报告", "Closed, kiosks report"), closing is not None and not waiting, note, "/kiosks"
    verified = Said(f"{counts.verified} / {counts.quorum}", f"{counts.verified} of {counts.quorum}")
    yield Said("核对根值并签名", "Root compared and signed"), counts.verified >= counts.quorum, verified, "/compare"
    yield Said("解密", "Decryption"), contest.has_counts, _shares(contest, counts), ""
    if contest.has_slips:
        yield Said("另选人纸条计票", "Slips counted"), not contest.uncounted_boxes, None, "/sheet"
    yield from _ending(contest)


def _queues(snapshot: Snapshot, contest: ContestState) -> Said:
    """While voting pauses: whether every kiosk has signed that nothing waits there."""
    told = snapshot.queues.get(contest.id, {})
    left = sum(told.get(key) != 0 for key in snapshot.state.kiosks if key not in contest.lost)
    if left:
        zh = f"还有 {left} 台终端存有未送达的选票，或没有报告"
        return Said(zh, f"{left} kiosk(s) hold ballots, or have said nothing yet")
    return Said("各终端都没有未送达的选票", "No kiosk holds a ballot")


def _shares(contest: ContestState, counts: Progress) -> Said:
    """How many shares there are; with enough of them it is an official's turn."""
    zh, en = f"{counts.shares} / {counts.threshold}", f"{counts.shares} of {counts.threshold}"
    if counts.shares >= counts.threshold and not contest.has_counts:
        return Said(f"{zh}，已够；等工作人员“写入票数”", f"{en}, enough; an official writes the counts")
    return Said(zh, en)


def _steps_by_hand(contest: ContestState) -> Iterator[_Made]:
    has = contest.attendance is not None
    yield Said("签署到会情况和票箱", "Attendance and boxes signed"), has, None, "/attendance"
    left = contest.uncounted_boxes
    note = Said(f"还缺：{'、'.join(left)}", f"missing: {', '.join(left)}") if left else None
    yield Said("人工计票", "Counted by hand"), contest.has_counts, note, "/sheet"
    yield from _ending(contest)


def _ending(contest: ContestState) -> Iterator[_Made]:
    decided = contest.status in (Status.DECIDED, Status.PUBLISHED)
    yield Said("按规则得出结果", "Decided by the rules"), decided, None, "/report"
    signed = Said(f"{len(contest.signers)} 人已签", f"signed by {len(contest.signers)}")
    published = contest.status is Status.PUBLISHED
    yield Said("签署报告单，公布", "Report signed, published"), published, signed, "/report"

"""A small session with everything in it: every type of entry that a log can hold.

Three contests at kiosks (one with a waiver and two classes of credentials, one with a share that does not hold, an
election with slips), one counted by hand in two boxes with a correction and a decision, an election by hand whose seats
are reduced, one that is abandoned with a ballot in it; a key ceremony that succeeds at the third attempt; a lost kiosk,
a paused contest, paper compared with the count. Everything follows from the seed, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from ballots.contest import Capture, Cell, Contest, RulesRef, WriteIns, WriteInWay
from ballots.crockford import fingerprint_text
from ballots.receipt import Receipt, sign_promise
from ballots.sealed_ballot import ballot_id
from ballots.void_reasons import VoidReason
from tally.entries import ceremony, closing, consultations, contests, counting, credentials, outcome, session, sheets
from tally.entries.ballots import BallotAssisted
from tally.entries.entry_type import EntryType
from tally.replay import expected
from tally.rules.loader import load_rule_set
from tests.support.builders import small_contest
from tests.support.session import SessionBuilder, motion_contest
from tests.support.session_parts import Cards
from voting_core.log.checkpoint import Checkpoint, add_cosignatures, cosign_checkpoint, sign_checkpoint

HAND = "by-hand"
ELECTION = "committee"
BROKEN_OFF = "broken-off"
SLIPS = "slips"
ELECTION_RULES = "election_local_2020"
LOST = "motion"
BAD_SHARE = "motion"


def _motion(rules: RulesRef) -> Contest:
    return motion_contest(rules)


def _with_waiver(rules: RulesRef) -> Contest:
    cells = (Cell("few", ("guest",), "all"), Cell("all", ("delegate",), ""))
    return motion_contest(
        rules, id="waived", slot=1, classes=("delegate", "guest"), cells=cells, minimum=3, waiver=True
    )


def _by_hand(rules: RulesRef) -> Contest:
    return replace(motion_contest(rules, id=HAND, slot=2), capture=Capture.HAND)


def _election(rules: RulesRef) -> Contest:
    contest = small_contest(2, id=ELECTION, slot=4, seats=2, at_most={"approve": 2}, blank="abstain", rules=rules)
    return replace(contest, capture=Capture.HAND)


def _broken_off(rules: RulesRef) -> Contest:
    return motion_contest(rules, id=BROKEN_OFF, slot=3)


def _with_slips(rules: RulesRef) -> Contest:
    contest = small_contest(2, id=SLIPS, rules=rules, slot=5, blank="abstain", at_most={"approve": 1})
    return replace(contest, write_ins=WriteIns(WriteInWay.SLIPS))


def _sheet(box: str, name: str, issued: int, *counts: tuple[int, ...], **changes: Any) -> sheets.CountEntered:
    facts: dict[str, Any] = {
        "contest": HAND,
        "box": box,
        "sheet": name,
        "replaces": "",
        "issued": issued,
        "returned": sum(counts[0]),
        "invalid": 0,
        "void_reasons": (),
        "item_invalid": (0,) * len(counts),
        "counts": counts,
        "write_ins": (),
    }
    return sheets.CountEntered(**{**facts, **changes})


@dataclass(frozen=True)
class Note:
    """A checkpoint of the record."""

    size: int
    content: bytes


class GoldenSession(SessionBuilder):
    """The session, with the checkpoints that its service and its trustees sign on the way."""

    def __init__(self, seed: str = "golden", **settings: Any) -> None:
        """The parties."""
        super().__init__(
            seed,
            contests=(_motion, _with_waiver, _by_hand, _broken_off),
            cards=Cards(drawn=5, test=1, left_over=1, reserve=1),
            **settings,
        )
        self.notes: list[Note] = []

    def fork(self) -> Self:
        """A copy that goes its own way from here."""
        other = super().fork()
        other.notes = list(self.notes)
        return other

    @property
    def contest_ids(self) -> tuple[str, ...]:
        """The contests that are voted at kiosks and not abandoned."""
        return tuple(name for name in super().contest_ids if name not in (HAND, ELECTION))

    def checkpoint(self, *witnesses: int) -> None:
        """Sign the log as it is; these trustees cosign."""
        checkpoint = Checkpoint(self.state.session_id, self.state.size, self.state.root)
        note = sign_checkpoint(checkpoint, self.log_key)
        time = self.time + len(self.entries)
        lines = [cosign_checkpoint(checkpoint, self.trustees[n].witness, n, time) for n in witnesses]
        self.notes.append(Note(self.state.size, add_cosignatures(note, lines)))

    def stage_created(self) -> None:
        """And a third official."""
        super().stage_created()
        new = self.key("official 3")
        self.add(session.OfficialAdmitted(new.public), *self.officials, new)

    def stage_joined(self) -> None:
        """And the first checkpoint, before there is a key."""
        super().stage_joined()
        self.checkpoint()

    def stage_committed(self) -> None:
        """Attempt 1 ends with a complaint, attempt 2 with a missing reveal."""
        super().stage_committed()
        for index, party in self.trustees.items():
            self.add(party.revealed(self.state, bad_for=1 if index == 2 else 0), party.signing)
        self.add(self.trustees[3].confirmed(self.state), self.trustees[3].signing)
        self.add(self.trustees[1].complained(self.state, 2), self.trustees[1].signing)
        super().stage_committed()
        self.add(self.trustees[1].revealed(self.state), self.trustees[1].signing)
        fault = ceremony.DkgFaulted(attempt=2, missing="revealed", trustee=3)
        self.add(fault, *self.officials)
        super().stage_committed()

    def stage_equipped(self) -> None:
        """And the rules of the election."""
        super().stage_equipped()
        rules = load_rule_set(ELECTION_RULES)
        self.add(contests.RulesAdopted(rules.id, rules.to_json()), *self.officials)

    def stage_defined(self) -> None:
        """And the elections, and the attendance at what is counted by hand."""
        super().stage_defined()
        rules = RulesRef(ELECTION_RULES, self.state.rules[ELECTION_RULES].hash)
        for election in (_election(rules), _with_slips(rules)):
            self.add(contests.ContestDefined(election.to_json()), *self.officials)
        two = (contests.Box("东厅票箱", 5), contests.Box("西厅票箱", 3))
        for contest_id, boxes in ((ELECTION, (contests.Box("票箱", 8),)), (HAND, two)):
            body = contests.AttendanceDeclared(
                contest=contest_id,
                should_attend=9,
                present=8,
                cards=(contests.ClassCards("delegate", 8, 0),),
                boxes=boxes,
            )
            self.add(body, *self.two_trustees())

    def stage_open(self) -> None:
        """A contest is paused; a card comes back; the third is counted by hand.

        Its first box is counted again; in its second there is a ballot more than was issued, and in all there is not.
        """
        super().stage_open()
        self.add(contests.ContestPaused("motion"), *self.officials)
        self.add(contests.ContestResumed("motion"), *self.officials)
        key = self.credential(self.cards.drawn - 1, "waived", "guest")
        body = credentials.CredentialVoided(slot=1, credential=key.public, reason="returned")
        self.add(body, self.officials[0], key)
        self.add(contests.ContestOpened(HAND), *self.officials)
        void = {"returned": 4, "invalid": 1, "void_reasons": (sheets.VoidBallots(VoidReason.MARKED, 1),)}
        for sheet in (
            _sheet("东厅票箱", "第一计票组", 5, (1, 1, 0), **void, item_invalid=(1,)),
            _sheet("西厅票箱", "第二计票组", 3, (2, 1, 1)),
            _sheet("东厅票箱", "第一计票组 更正", 5, (2, 1, 0), **void, replaces="第一计票组"),
        ):
            self.add(sheet, *self.two_trustees())
        self.add(sheets.BoxSettled(HAND, "西厅票箱", "第二计票组", "count"), *self.officials)
        self.stage_elected()

    def stage_elected(self) -> None:
        """Two seats, and one person with enough votes."""
        self.add(contests.ContestOpened(ELECTION), *self.officials)
        sheet = _sheet("票箱", "第三计票组", 8, (7, 1, 0), (3, 4, 1), contest=ELECTION)
        self.add(sheet, *self.two_trustees())
        self.add(expected.outcome_body(self.state, ELECTION), *self.officials)
        reduced = outcome.SeatsReduced(contest=ELECTION, seats=1, by=outcome.PRESIDIUM, motion="")
        self.add(reduced, *self.officials)
        asked = consultations.ConsultationRecorded(
            id="consulted",
            title_zh="镇长人选",
            title_en="Head of a town",
            members=33,
            alternates=7,
            agree=30,
            disagree=6,
            no_reply=4,
        )
        self.add(asked, *self.officials)

    def stage_voted(self) -> None:
        """The guests are few: two of them vote, and are counted with the delegates."""
        self.append(self.challenge((1,), 0))
        for number in range(self.cards.drawn):
            self.append(self.cast((number % 3,), number))
        for number in range(4):
            self.append(self.cast((number % 2,), number, "waived"))
        for number in range(2):
            self.append(self.cast((0,), number, "waived", "guest"))
        for number in range(self.cards.drawn):
            self.append(self.cast((1, 1 + number % 2), number, SLIPS))
        of_all = [(name, "delegate") for name in ("motion", "waived", SLIPS)]
        for contest_id, class_id in (*of_all, ("waived", "guest")):
            marks = (2,) * len(self.contest(contest_id).contest.rows)
            self.append(self.challenge(marks, self.cards.drawn, contest_id, class_id))
            self.void(self.cards.drawn, "test", contest_id, class_id)
        self.add(BallotAssisted("motion", bytes(range(16))), self.box)
        self.append(self.cast((0,), 0, BROKEN_OFF))
        self.abandon(BROKEN_OFF, "cards")
        self.checkpoint(1, 2, 3)

    def stage_reported(self) -> None:
        """The second kiosk is lost for one contest."""
        for contest_id in self.contest_ids:
            self.add(self.report(0, contest_id), self.kiosks[0])
            if contest_id == LOST:
                lost = closing.KioskLost(contest_id, self.kiosks[1].public)
                self.add(lost, *(party.signing for party in self.trustees.values()))
            else:
                self.add(self.report(1, contest_id), self.kiosks[1])

    def shared(self, index: int, contest_id: str = "motion") -> counting.TallyShared:
        """Trustee 3 shows a share of one contest that does not hold."""
        wrong = int(contest_id == BAD_SHARE and index == 3)
        return self.trustees[index].shared(self.state, contest_id, self.private_share(index) + wrong)

    def stage_counted(self) -> None:
        """Slips complete one count, paper agrees with another."""
        super().stage_counted()
        void = (sheets.VoidBallots(VoidReason.ILLEGIBLE, 1),)
        names = (sheets.WriteIn("李四", 4),)
        slips = sheets.CountEntered.slips(SLIPS, "纸条", issued=6, returned=5, void_reasons=void, write_ins=names)
        self.add(slips, *self.two_trustees())
        compared = counting.PaperCompared(contest="waived", papers=6, counts=self.contest("waived").totals, agrees=True)
        self.add(compared, *self.two_trustees())

    def stage_published(self) -> None:
        """And what was counted by hand."""
        super().stage_published()
        self.add(expected.outcome_body(self.state, HAND), *self.officials)
        for contest_id in (HAND, ELECTION):
            for index in range(1, self.threshold + 1):
                body = outcome.ReportSigned(contest_id, expected.report_digest(self.state, contest_id))
                self.add(body, self.trustees[index].signing)
            self.add(outcome.ResultPublished(contest_id, "delegates"), *self.officials)

    def stage_sealed(self) -> None:
        """And the end of the service's data."""
        super().stage_sealed()
        self.add(session.SessionDestroyed(), *self.officials)
        self.checkpoint(1, 2, 3)

    def receipt(self) -> Receipt:
        """The receipt of the first delegate."""
        ballot = ballot_id(self.ballot((0,), 0))
        fingerprint = self.state.fingerprint
        if fingerprint is None:
            raise ValueError("there is no key yet")
        note = self.notes[0]
        promise = sign_promise(
            ballot=ballot,
            size=note.size,
            root=self.state.root_at(note.size),
            session=self.state.session_id,
            service_key=self.service_key,
        )
        return Receipt(
            ballot=ballot, session=self.state.session_id, fingerprint=fingerprint_text(fingerprint), promise=promise
        )


@lru_cache(maxsize=1)
def golden() -> GoldenSession:
    """The whole session; do not change it."""
    return GoldenSession().run()


def types_in(entries: list[bytes]) -> set[EntryType]:
    """The types of entries of a log."""
    return {EntryType(raw.rpartition(b'"type":"')[2][:-2].decode()) for raw in entries}

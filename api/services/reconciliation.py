"""Whether the cards of a contest add up, in words, and whether enough people are here (SPEC §8.5 rule 6).

The log's numbers come from replay, those of the hall from the desk. Where the two differ it is said: the log has what
two scrutineers counted, and nobody corrects it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.store.desk_queries import AttendanceCounts
from ballots.screen.words import Said
from tally.entry_words.class_words import class_said
from tally.plan.evaluators import CLASS
from tally.replay.card_balance import CardBalance, card_balances
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Base
from tally.state import ContestState, State, Status


@dataclass(frozen=True, slots=True)
class ClassCards:
    """The cards of one class: its name, the log's numbers, and how many people hold one by the desk's."""

    said: Said
    balance: CardBalance
    held: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What there is to say about the cards of a contest.

    `missing` is what keeps it from opening (or, once open, from closing); `differs` is where the desk has other numbers
    than were declared, which keeps nothing but should be looked into.
    """

    contest: ContestState
    classes: tuple[ClassCards, ...]
    missing: tuple[Said, ...]
    differs: tuple[Said, ...]

    @property
    def adds_up(self) -> bool:
        """Whether generated − voided − reserve = drawn + test in every class."""
        return all(one.balance.unaccounted == 0 for one in self.classes)


@dataclass(frozen=True, slots=True)
class Quorum:
    """What a rule set asks of the people here; `needed` is None where it asks nothing, or not of people."""

    contest: ContestState
    rules: RuleSet
    needed: int | None
    present: int

    @property
    def met(self) -> bool:
        """Whether so many are here."""
        return self.needed is None or self.present >= self.needed

    @property
    def lacking(self) -> int:
        """How many more are needed."""
        return max(0, (self.needed or 0) - self.present)


def reconcile(
    state: State, contest_id: str, people: AttendanceCounts, by_category: Mapping[str, AttendanceCounts]
) -> Reconciliation:
    """Compare the cards of a contest with each other and with the desk's numbers.

    Raises:
        StateError: no such contest is defined.
    """
    contest = state.contest(contest_id)
    if contest.is_by_hand:
        return Reconciliation(contest, (), (), ())
    classes = tuple(
        ClassCards(class_said(state, one.class_id), one, _held(one.class_id, people, by_category))
        for one in card_balances(state, contest_id)
    )
    return Reconciliation(
        contest, classes, tuple(_missing(contest, classes)), tuple(_differs(contest, classes, people))
    )


def quorums(state: State, people: AttendanceCounts) -> tuple[Quorum, ...]:
    """What the rules of each contest that has not closed ask of those present, by slot."""
    waiting = [one for one in state.contests.values() if one.status is Status.DEFINED or one.is_voting]
    found = []
    for contest in sorted(waiting, key=lambda one: one.contest.slot):
        rules = state.rules[contest.contest.rules.id].rules
        needed = None
        if rules.quorum is not None and rules.quorum.base is Base.SHOULD_ATTEND:
            needed = rules.quorum.ratio.needed(people.should_attend)
        found.append(Quorum(contest, rules, needed, people.present))
    return tuple(found)


def _held(class_id: str, people: AttendanceCounts, by_category: Mapping[str, AttendanceCounts]) -> int:
    if class_id == CLASS:
        return people.cards_drawn
    return by_category.get(class_id, AttendanceCounts()).cards_drawn


def _missing(contest: ContestState, classes: tuple[ClassCards, ...]) -> list[Said]:
    if contest.is_voting:
        return [said for one in classes if (said := _tests_missing(one)) is not None]
    if contest.status is not Status.DEFINED:
        return []
    found = [
        Said(f"{one.said.zh}的表决卡名单还没有公布", f"The list of credentials is not in the log: {one.said.en}")
        for one in classes
        if one.balance.generated == 0
    ]
    if contest.attendance is None:
        found.append(
            Said("两名监票人还没有申报到会情况", "Two scrutineers have not declared the attendance yet"),
        )
    return found + [said for one in classes if (said := _unaccounted(one)) is not None]


def _unaccounted(one: ClassCards) -> Said | None:
    number = one.balance.unaccounted or 0
    if number > 0:
        return Said(
            f"{one.said.zh}：还有 {number} 张卡可以投票，却既无人领取，也不是查验卡。请把剩余的卡逐张扫描作废；"
            "如果是清点有误，请监票人重新申报",
            f"{one.said.en}: {number} card(s) could vote that nobody drew and that are not for tests. "
            "Void the cards that are left over; if they were miscounted, the scrutineers declare again",
        )
    if number < 0:
        return Said(
            f"{one.said.zh}：申报的领取数加查验卡，比可以投票的卡多 {-number} 张。请重新清点并由监票人重新申报",
            f"{one.said.en}: {-number} more are declared than there are cards that can vote. Count again, and the "
            "scrutineers declare again",
        )
    return None


def _tests_missing(one: ClassCards) -> Said | None:
    left = (one.balance.test or 0) - one.balance.tests_voided
    if left == 0:
        return None
    return Said(
        f"{one.said.zh}：结束投票前还要作废 {left} 张查验卡",
        f"{one.said.en}: {left} card(s) for tests must be voided before closing",
    )


def _differs(contest: ContestState, classes: tuple[ClassCards, ...], people: AttendanceCounts) -> list[Said]:
    declared = contest.attendance
    if declared is None or contest.status is not Status.DEFINED:
        return []
    pairs = [
        (Said("应到会", "Should attend"), declared.should_attend, people.should_attend),
        (Said("实到会", "Present"), declared.present, people.present),
        *(
            (
                Said(f"领取的表决卡（{one.said.zh}）", f"Cards drawn ({one.said.en})"),
                one.balance.drawn or 0,
                one.held,
            )
            for one in classes
        ),
    ]
    return [
        Said(f"{said.zh}：监票人申报 {log}，签到处记录 {desk}", f"{said.en}: declared {log}, at the desk {desk}")
        for said, log, desk in pairs
        if log != desk
    ]

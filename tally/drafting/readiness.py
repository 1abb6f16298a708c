"""What is done and what is missing before a session can be created, as a list that officials go through."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ballots.contest import Kind
from tally.drafting.problem_words import Phrase
from tally.drafting.starters import samples_left
from tally.drafting.survey import Survey
from tally.plan.name_lists import order_notes
from tally.plan.scrutineer_check import unsettled
from tally.plan.session_plan import SessionPlan
from tally.plan.surplus_notes import surplus_notes


class Mark(StrEnum):
    """How an item stands: done, to be looked at by people, or missing."""

    DONE = "done"
    LOOK = "look"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `where` is the part of the set-up in which it is done."""

    mark: Mark
    what: Phrase
    where: str


def checklist(found: Survey, *, rehearsal: bool) -> tuple[Item, ...]:
    """The list for a draft; a rehearsal may keep its samples."""
    if found.plan is None:
        return (Item(Mark.MISSING, Phrase("会议文件无法读取", "The session file cannot be read"), "overview"),)
    return tuple(_items(found, found.plan, rehearsal))


def may_be_created(found: Survey, *, rehearsal: bool) -> bool:
    """Whether nothing is missing."""
    return found.ready and all(item.mark is not Mark.MISSING for item in checklist(found, rehearsal=rehearsal))


def _items(found: Survey, plan: SessionPlan, rehearsal: bool) -> Iterator[Item]:
    wrong = len(found.problems)
    said = (
        Phrase(f"还有 {wrong} 个问题须改正", f"{wrong} problems are left")
        if wrong
        else Phrase("没有错误", "No problems")
    )
    yield Item(Mark.MISSING if wrong else Mark.DONE, said, "overview")
    samples = samples_left(found)
    if samples:
        words = Phrase(f"还有 {samples} 个样例姓名，须换成真实名单", f"{samples} sample names are left: replace them")
        yield Item(Mark.LOOK if rehearsal else Mark.MISSING, words, "people")
    roll = plan.roll
    words = Phrase(f"名册：应到 {roll.should_attend} 人", f"Roll: {roll.should_attend} should attend")
    yield Item(Mark.DONE if roll.should_attend else Mark.MISSING, words, "people")
    names, threshold = plan.scrutineers.names, plan.scrutineers.threshold
    words = Phrase(f"监票人 {len(names)} 名，解密须 {threshold} 名", f"{len(names)} scrutineers, {threshold} decrypt")
    yield Item(Mark.DONE if names else Mark.MISSING, words, "scrutineers")
    if names and threshold == len(names):
        words = Phrase(
            "解密须全体监票人到场，一人缺席就无法计票",
            "All scrutineers must be there: if one is missing, nothing is counted",
        )
        yield Item(Mark.LOOK, words, "scrutineers")
    for person in unsettled(plan.scrutineers.counters, plan.contests, roll) + unsettled(
        plan.counters, plan.contests, roll
    ):
        words = Phrase(
            f"{person.name} 与候选人同名（{'、'.join(person.titles)}）：须说明不是同一人，或另定人选",
            f"{person.name} has a candidate's name ({', '.join(person.titles)}): state that they differ, or change it",
        )
        yield Item(Mark.MISSING, words, "scrutineers")
    words = Phrase(f"表决事项 {len(plan.contests)} 项", f"{len(plan.contests)} contests")
    yield Item(Mark.DONE if plan.contests else Mark.MISSING, words, "contests")
    yield from _notes(plan)


def _notes(plan: SessionPlan) -> Iterator[Item]:
    """What officials look at and decide: lists shorter than the rules ask, doubtful orders, old rules."""
    rule_sets = plan.rule_sets
    for note in (*surplus_notes(plan.contests, rule_sets), *order_notes(plan.contests, rule_sets)):
        zh, _, en = note.partition("  ")
        yield Item(Mark.LOOK, Phrase(zh, en or zh), "contests")
    for contest in plan.contests:
        rules = rule_sets.get(contest.rule_set)
        if rules is not None and not rules.in_force(plan.info.date):
            words = Phrase(
                f"{contest.title}：规则 {rules.name_zh} 当日不在施行期",
                f"{contest.english}: {rules.id} is not in force",
            )
            yield Item(Mark.LOOK, words, "contests")
        if rules is not None and contest.kind is not Kind.QUESTIONNAIRE and rules.certainty.unverified:
            words = Phrase(
                f"{contest.title}：规则条文须与正式文本核对", f"{contest.english}: compare the rules with the text"
            )
            yield Item(Mark.LOOK, words, "contests")
    for note in plan.roll.notes:
        yield Item(Mark.LOOK, Phrase(note, note), "people")

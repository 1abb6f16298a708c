"""A whole session over HTTP: key ceremony, contests, sealing, and the record that comes out of it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ballots.contest import Contest
from kiosk.demo.cards import Cards, write_turns
from kiosk.demo.contest import hold, issue_cards
from kiosk.demo.hall import Hall, scrutineer
from kiosk.demo.processes import Processes
from tally.cli.output import RECORD, decided_contests, make_folder, write_results
from tally.cli.system import SystemRng
from tally.entries.contests import ContestDefined, RulesAdopted
from tally.entries.entry_type import EntryType
from tally.entries.session import SessionSealed
from tally.next_vote import Proposal, next_votes
from tally.plan import SessionPlan, contests
from tally.plan.evaluators import needs_waiver, present_by_class
from tally.record.read import RecordReader
from tally.report.beside import beside_plan
from tally.results import Decided
from tally.roll.person import Roll
from tally.rules.ruleset import RuleSet
from tally.state import State
from voting_core.errors import InputError

KIOSKS = ("1", "2")
WORK = "stations"
"""The folder of the stations' keys and logs, beside the record. It is made anew for every run."""

STOP_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Done:
    """What a demonstration leaves: the folder, the fingerprint that was read aloud, the decided contests, which
    reports could not be printed, and what may follow.
    """

    folder: Path
    fingerprint: str
    decided: tuple[Decided, ...]
    left_out: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def record(self) -> Path:
        """The record file."""
        return self.folder / RECORD

    @property
    def receipt(self) -> Path:
        """One of the delegates' receipts."""
        return next(iter(sorted((self.folder / "receipts").rglob("*.json"))))


def with_delegates(plan: SessionPlan, delegates: int | None) -> SessionPlan:
    """The plan with the first so many people of the roll, for a shorter demonstration.

    Raises:
        InputError: fewer than one.
    """
    if delegates is None:
        return plan
    if delegates < 1:
        raise InputError("--delegates", f"{delegates} people cannot vote", "Give a number from 1")
    entitled = tuple(person for person in plan.roll.people if person.should_attend)
    return replace(plan, roll=Roll(entitled[:delegates]))


def run(plan: SessionPlan, out: Path, seed: str, report: Callable[[str, int, int], None]) -> Done:
    """Run the session of a plan; its outputs go to `out/<session id>/`.

    Raises:
        FatalError: a process failed, or something that must happen did not.
        InputError: the plan or the folder cannot be used.
    """
    rules = plan.rule_sets
    defined = _defined(plan, rules)
    folder = out / plan.info.id
    for old in (WORK, "receipts"):
        shutil.rmtree(folder / old, ignore_errors=True)
    make_folder(folder / "receipts")
    with Processes(folder / WORK) as processes, closing(Hall.open(plan, folder / WORK, processes)) as hall:
        hall.create_session()
        _make_key(hall, report)
        fingerprint = hall.fingerprint
        _prepare(hall, defined, rules, report)
        cards = Cards.make(plan.roll.present, SystemRng())
        issue_cards(hall, defined, cards, plan.roll, report)
        _place_kiosks(hall, defined, cards, seed, folder / "receipts")
        active = len(_active(hall))
        for contest in defined:
            hold(hall, contest, cards, plan.roll, active, report)
        _seal(hall, report)
        _fetch_record(hall, folder / RECORD)
        decided = decided_contests(hall.state)
        left_out = write_results(folder, hall.state, _entries(folder / RECORD), beside_plan(plan))
        proposals = next_votes(hall.state)
    return Done(folder, fingerprint, decided, left_out, proposals)


def _entries(record: Path) -> Iterator[bytes]:
    with record.open("rb") as source:
        yield from RecordReader(source).entries()


def _defined(plan: SessionPlan, rules: Mapping[str, RuleSet]) -> tuple[Contest, ...]:
    """The contests of the plan; those that would be too small to decrypt get the scrutineers' waiver."""
    waived = {contest.id: contest for contest in contests(plan, rules, waiver=True)}
    return tuple(
        waived[contest.id] if needs_waiver(contest, present_by_class(contest, plan.roll)) else contest
        for contest in contests(plan, rules)
    )


def _active(hall: Hall) -> list[int]:
    """The scrutineers who stay for the whole session: one stays away wherever the others are enough."""
    indices = list(range(1, len(hall.plan.scrutineers.names) + 1))
    return indices[:-1] if len(indices) > hall.plan.scrutineers.quorum else indices


def _make_key(hall: Hall, report: Callable[[str, int, int], None]) -> None:
    """Seat all scrutineers and let them make the key. Then one goes home; of the others, as many decrypt as must."""
    names = hall.plan.scrutineers.names
    threshold = hall.plan.scrutineers.threshold
    for index in range(1, len(names) + 1):
        hall.seat_scrutineer(index, decrypts=index <= threshold)
    hall.wait("the scrutineers' key", lambda state: state.joint_key is not None)
    report("监票人生成密钥 scrutineers make the key", len(names), len(names))
    for index in set(range(1, len(names) + 1)) - set(_active(hall)):
        hall.processes.stop(scrutineer(index))
        report(f"监票人 {names[index - 1]} 离场 one scrutineer stays away", 1, 1)


def _prepare(
    hall: Hall, defined: tuple[Contest, ...], rules: Mapping[str, RuleSet], report: Callable[[str, int, int], None]
) -> None:
    """Adopt the rule sets that are used and define the contests."""
    for name in sorted({contest.rules.id for contest in defined}):
        hall.officials.decree(RulesAdopted(name, rules[name].to_json()))
    for number, contest in enumerate(defined, 1):
        body = ContestDefined(contest.to_json())
        if contest.waiver:
            hall.officials.first.propose(body)
        else:
            hall.officials.decree(body)
        hall.wait(f"the definition of {contest.id}", partial(_is_defined, contest.id))
        report("表决事项 contests defined", number, len(defined))


def _place_kiosks(hall: Hall, defined: tuple[Contest, ...], cards: Cards, seed: str, receipts: Path) -> None:
    turns = write_turns(hall.folder, KIOSKS, defined, cards, hall.state.session_id, seed)
    (hall.folder / "kiosks").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(KIOSKS, 1):
        hall.place_kiosk(name, turns[name], receipts / name)
        # The first kiosk makes the ballot-box key that the others share.
        hall.wait("a kiosk's registration", partial(_has_kiosks, number))


def _is_defined(contest: str, state: State) -> bool:
    return contest in state.contests


def _has_kiosks(count: int, state: State) -> bool:
    return len(state.kiosks) >= count


def _seal(hall: Hall, report: Callable[[str, int, int], None]) -> None:
    """Destroy the keys, seal the log, and wait until all stations have cosigned it to its end."""
    active = _active(hall)
    for index in active:
        hall.ask(index, EntryType.KEY_DESTROYED)
    hall.wait("destroyed keys", lambda state: len(state.destroyed_keys) >= len(active))
    hall.officials.decree(SessionSealed())
    for index in active:
        hall.processes.wait(scrutineer(index), STOP_SECONDS)
    for name in KIOSKS:
        hall.processes.wait(f"kiosk-{name}", STOP_SECONDS)
    hall.officials.sync()
    report("封存 session sealed", 1, 1)


def _fetch_record(hall: Hall, target: Path) -> None:
    with target.open("wb") as file:
        for piece in hall.client.record():
            file.write(piece)

"""The steps of one contest, from the draft to what follows the result."""

from collections.abc import Iterator
from dataclasses import dataclass

from ballots.contest import Contest
from ballots.screen.words import Said
from tally.course import missing
from tally.course.step import Course, Deed, Stands, Step, StepKey
from tally.course.then import then
from tally.entry_words.reasons import ABANDONED
from tally.state import ContestState, State, Status

_VOTED = (Status.CLOSED, Status.COUNTED, Status.DECIDED, Status.PUBLISHED)
_COUNTED = (Status.COUNTED, Status.DECIDED, Status.PUBLISHED)
_DECIDED = (Status.DECIDED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class _Part:
    """A step before it is known which one is due."""

    key: StepKey
    done: bool
    missing: tuple[Said, ...] = ()
    deeds: tuple[Deed, ...] = ()


def planned_course(state: State, contest: Contest) -> Course:
    """The steps of a contest of the draft that is not in the log yet."""
    adopted = state.rules.get(contest.rules.id)
    has_rules = adopted is not None and adopted.hash == contest.rules.hash
    lacking = tuple(missing.missing_key(state))
    ready = not lacking and not state.sealed
    first = (
        _Part(StepKey.RULES, has_rules, lacking, (Deed.ADOPT,) if ready else ()),
        _Part(StepKey.DEFINE, False, lacking, (Deed.DEFINE,) if ready and has_rules else ()),
    )
    rest = _keys_by_hand() if contest.capture.value == "hand" else _keys_at_kiosks()
    return _course(first + tuple(_Part(key, False) for key in rest), by_hand=contest.capture.value == "hand")


def course_of(state: State, contest_id: str) -> Course:
    """The steps of a contest that is in the log.

    Raises:
        StateError: there is no such contest.
    """
    held = state.contest(contest_id)
    parts = tuple(_parts(state, held))
    if held.abandoned is not None:
        why = ABANDONED[held.abandoned.reason]
        return _course(
            parts,
            by_hand=held.is_by_hand,
            ended=Said(
                f"已中止：{why.zh}。没有结果，选票永不解密；如需表决，另设新的表决事项",
                f"Abandoned: {why.en}. No result, never decrypted; a new vote is a new contest",
            ),
        )
    if held.is_secret_for_ever:
        return _course(
            parts,
            by_hand=False,
            ended=Said(
                "投票人数少于规定，为保密不解密、不公布；会议可以封存",
                "Too few ballots: to keep them secret they are never decrypted; the session can be sealed",
            ),
        )
    return _course(parts, by_hand=held.is_by_hand)


def _parts(state: State, held: ContestState) -> Iterator[_Part]:
    status = held.abandoned.stood if held.abandoned else held.status
    opened = status is not Status.DEFINED
    yield _Part(StepKey.RULES, True)
    yield _Part(StepKey.DEFINE, True)
    cards = tuple(missing.missing_cards(state, held)) if not opened else ()
    yield _Part(StepKey.CARDS, opened or not cards, cards, (Deed.ABANDON,))
    quorum = () if opened else tuple(missing.missing_quorum(state, held))
    yield _Part(StepKey.OPEN, opened, quorum, (Deed.OPEN, Deed.ABANDON))
    yield from _by_hand(held, status) if held.is_by_hand else _at_kiosks(state, held, status)
    decidable = held.is_decidable
    yield _Part(StepKey.OUTCOME, status in _DECIDED, (), (Deed.DECLARE,) if decidable else ())
    unsigned = tuple(missing.missing_signatures(state, held))
    yield _Part(StepKey.SIGN, status in _DECIDED and not unsigned, unsigned)
    yield _Part(StepKey.PUBLISH, status is Status.PUBLISHED, (), (Deed.PUBLISH,))
    yield _Part(StepKey.NEXT, False, (), (Deed.FOLLOW, Deed.REDUCE))


def _at_kiosks(state: State, held: ContestState, status: Status) -> Iterator[_Part]:
    cards = tuple(missing.missing_to_close(state, held)) if held.is_voting else ()
    # Only while voting pauses can every kiosk say whether ballots wait there.
    ending = (Deed.RESUME, *(() if cards else (Deed.CLOSE,))) if status is Status.PAUSED else (Deed.PAUSE,)
    yield _Part(StepKey.VOTE, status in _VOTED, cards, (*ending, Deed.ABANDON))
    verified = status in _COUNTED or len(held.verified) >= state.quorum
    reports = () if verified or status not in _VOTED else tuple(missing.missing_reports(state, held))
    yield _Part(StepKey.REPORT, verified or (status in _VOTED and not reports), reports, (Deed.ABANDON,))
    yield _Part(StepKey.VERIFY, verified, tuple(missing.missing_verifications(state, held)), (Deed.ABANDON,))
    # Without a ballot there is nothing to decrypt (SPEC §9.6).
    empty = held.cast == 0 and status in _VOTED
    lacking = () if empty else tuple(missing.missing_shares(state, held))
    shared = status in _COUNTED or empty or len(held.good_shares) >= state.facts.threshold
    yield _Part(StepKey.DECRYPT, shared and verified, lacking, (Deed.ABANDON,))
    yield _Part(StepKey.COUNT, status in _COUNTED, (), (Deed.COUNT,))
    if held.has_slips:
        slips = tuple(missing.missing_sheets(held))
        yield _Part(StepKey.SHEETS, status in _COUNTED and not slips, slips, ())


def _by_hand(held: ContestState, status: Status) -> Iterator[_Part]:
    lacking = tuple(missing.missing_sheets(held)) if held.is_voting else ()
    over = held.sheets.over_issue(held.boxes) if held.is_voting else ()
    deeds = (*((Deed.SETTLE,) if over else ()), *((Deed.ABANDON,) if held.uncounted_boxes else ()))
    yield _Part(StepKey.SHEETS, status in _COUNTED, lacking, deeds)


def _keys_at_kiosks() -> tuple[StepKey, ...]:
    return tuple(key for key in StepKey if key not in (StepKey.RULES, StepKey.DEFINE, StepKey.SHEETS))


def _keys_by_hand() -> tuple[StepKey, ...]:
    kiosks = (StepKey.VOTE, StepKey.REPORT, StepKey.VERIFY, StepKey.DECRYPT, StepKey.COUNT)
    return tuple(key for key in StepKey if key not in (StepKey.RULES, StepKey.DEFINE, *kiosks))


def _course(parts: tuple[_Part, ...], *, by_hand: bool, ended: Said | None = None) -> Course:
    """Put the steps in their places: the first that is not done is due, unless the contest has ended."""
    steps: list[Step] = []
    due = ended is None
    for part in parts:
        if part.done:
            stands = Stands.DONE
        elif ended is not None:
            stands = Stands.NEVER
        else:
            stands = Stands.NOW if due else Stands.LATER
            due = False
        now = stands is Stands.NOW
        steps.append(
            Step(
                part.key,
                stands,
                part.missing if now else (),
                then(part.key, by_hand=by_hand),
                part.deeds if now else (),
            )
        )
    return Course(tuple(steps), ended)

"""How far a session has come: the key ceremony, person by person, and what sealing still waits for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ballots.screen.words import Said
from tally.state import State, Status


class Stage(StrEnum):
    """How far one scrutineer has come in the key ceremony."""

    AWAITED = "awaited"
    JOINED = "joined"
    COMMITTED = "committed"
    REVEALED = "revealed"
    CONFIRMED = "confirmed"
    DESTROYED = "destroyed"


STAGES = {
    Stage.AWAITED: Said("尚未加入", "has not joined"),
    Stage.JOINED: Said("已加入", "joined"),
    Stage.COMMITTED: Said("已承诺", "committed"),
    Stage.REVEALED: Said("已公开份额", "revealed"),
    Stage.CONFIRMED: Said("已确认密钥", "confirmed the key"),
    Stage.DESTROYED: Said("已销毁密钥", "destroyed the key"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of one scrutineer; the name is empty before the scrutineer has joined."""

    index: int
    name: str
    stage: Stage


def seats(state: State) -> tuple[Seat, ...]:
    """All places, in their order."""
    number = state.session.trustees if state.session else 0
    return tuple(
        Seat(index, state.trustees[index].name if index in state.trustees else "", _stage(state, index))
        for index in range(1, number + 1)
    )


def missing_of_ceremony(state: State) -> tuple[tuple[int, str], ...]:
    """Whose message the running attempt waits for, and which (`dkg.faulted` names both)."""
    if state.session is None or state.key is not None or len(state.trustees) < state.facts.trustees:
        return ()
    running = state.ceremony
    for missing, done in (("committed", running.committed), ("revealed", running.revealed)):
        left = [index for index in sorted(state.trustees) if index not in done]
        if left:
            return tuple((index, missing) for index in left)
    return tuple((index, "confirmed") for index in sorted(state.trustees) if index not in running.confirmed)


def next_of_session(state: State) -> Said:
    """What the session as a whole waits for, in one sentence."""
    if state.session is None:
        return Said("还没有会议：先准备会议并由两人创建", "There is no session: prepare one, and two people create it")
    facts = state.facts
    if state.destroyed:
        return Said(
            "会议资料可以销毁了：请系统管理员停掉服务，运行 plenum destroy",
            "The material may be destroyed now: the administrator stops the server and runs plenum destroy",
        )
    if state.sealed:
        return Said("会议已封存，记录完整", "The session is sealed; its record is complete")
    if len(state.trustees) < facts.trustees:
        left = facts.trustees - len(state.trustees)
        return Said(
            f"等待 {left} 名监票人在各自工作站加入，由两名工作人员接纳",
            f"{left} scrutineer(s) join at their stations and are admitted by two officials",
        )
    if state.key is None:
        names = "、".join(state.trustees[index].name for index, _ in missing_of_ceremony(state))
        return Said(f"正在生成密钥，等待：{names}", f"The key is being made; waiting for {names}")
    if not state.contests:
        return Said("密钥已生成。采用规则，确定表决事项", "The key is made. Adopt rules and define the contests")
    if not all(held.is_finished for held in state.contests.values()):
        return Said("按各项表决的当前步骤办理", "Go on with the step that is due in each contest")
    if not may_seal(state) and any(held.status is Status.DEFINED for held in state.contests.values()):
        return Said(
            "还有没开始的表决事项，请接着办理，监票人先不要销毁密钥。都不再举行的，才销毁密钥份额，封存会议",
            "Some contests have not opened: go on with them, and let no scrutineer destroy a key before. Only if none"
            " of them is held, the keys are destroyed and the session is sealed",
        )
    if not may_seal(state):
        return Said(
            "各项表决都已结束。没有后续表决的，监票人在工作站销毁密钥份额，然后由两人封存会议",
            "All contests are finished. If no vote follows, the scrutineers destroy their shares of the key; then two "
            "officials seal the session",
        )
    return Said("密钥已销毁，由两人封存会议", "The key is destroyed: two officials seal the session")


def missing_to_seal(state: State) -> Iterator[Said]:
    """What keeps the session from being sealed (SPEC §9.9)."""
    for held in sorted(state.contests.values(), key=lambda held: held.contest.slot):
        if not held.is_finished:
            title = held.contest.title
            yield Said(f"“{title.zh}”还没有公布", f"{title.en or title.zh} is not published yet")
    if state.key is not None:
        needed = state.facts.trustees - state.facts.threshold + 1
        left = needed - len(state.destroyed_keys)
        if left > 0:
            yield Said(
                f"还须 {left} 名监票人在工作站销毁密钥份额", f"{left} more scrutineer(s) destroy their share of the key"
            )


def may_seal(state: State) -> bool:
    """Whether the session can be sealed now."""
    return state.session is not None and not state.sealed and not any(missing_to_seal(state))


def _stage(state: State, index: int) -> Stage:
    running = state.ceremony
    if index not in state.trustees:
        return Stage.AWAITED
    if index in state.destroyed_keys:
        return Stage.DESTROYED
    if state.key is not None or index in running.confirmed:
        return Stage.CONFIRMED
    if index in running.revealed:
        return Stage.REVEALED
    return Stage.COMMITTED if index in running.committed else Stage.JOINED

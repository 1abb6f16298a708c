"""What keeps a step from being done, in sentences."""

from collections.abc import Iterable, Iterator

from ballots.screen.words import Said
from tally.decide.steps import has_quorum
from tally.entry_words.ballot_words import box_said
from tally.entry_words.class_words import class_said
from tally.replay.card_balance import card_balances
from tally.replay.expected import test_cards_not_voided
from tally.state import ContestState, State


def missing_key(state: State) -> Iterator[Said]:
    """The key of the scrutineers comes before anything that is voted on."""
    if state.session is None:
        yield Said("会议还没有创建", "The session is not created")
    elif state.key is None:
        yield Said("监票人的密钥还没有生成", "The scrutineers have not made the key")


def missing_cards(state: State, held: ContestState) -> Iterator[Said]:
    """Lists of cards, attendance, and cards that are not accounted for."""
    contest = held.contest
    if held.is_by_hand:
        if held.attendance is None:
            yield Said(
                "两名监票人申报到会人数和各票箱发出的票数",
                "Two scrutineers declare the attendance and the ballots of each box",
            )
        return
    lists = [name for name in contest.classes if (contest.slot, name) not in state.lists]
    if lists:
        yield Said("两名监票人在各自工作站登记表决卡名单", "Two scrutineers register the lists of cards")
    if held.attendance is None:
        yield Said(
            "两名监票人在各自工作站申报到会人数和发卡数",
            "Two scrutineers declare the attendance and the cards drawn",
        )
        return
    for balance in () if lists else card_balances(state, contest.id):
        if balance.unaccounted:
            more, name = balance.unaccounted, class_said(state, balance.class_id)
            yield Said(
                f"{name.zh}：表决卡差 {abs(more)} 张，请到“表决卡核对”处理",
                f"{name.en}: {abs(more)} card(s) are not accounted for; see Cards",
            )
    if not state.kiosks:
        yield Said("还没有登记终端", "No kiosk is registered")


def missing_quorum(state: State, held: ContestState) -> Iterator[Said]:
    """Too few people for the rules: opening is not refused, but nothing will come of it."""
    seen, rules = held.attendance, state.rules[held.contest.rules.id].rules
    if seen is not None and not has_quorum(seen.should_attend, seen.present, rules):
        yield Said(
            f"申报应到会 {seen.should_attend} 人、实到会 {seen.present} 人，未达到规定到会人数：现在开始，"
            "投票也没有结果。请等人到齐，由监票人重新申报",
            f"{seen.present} of {seen.should_attend} are declared present, fewer than the rules ask for: "
            "a vote opened now has no outcome. Wait, and let the scrutineers declare again",
        )


def missing_to_close(state: State, held: ContestState) -> Iterator[Said]:
    """Test cards that are not voided yet."""
    for class_id, (declared, voided) in test_cards_not_voided(state, held.id).items():
        name = class_said(state, class_id)
        yield Said(
            f"结束前须扫描作废查验卡（{name.zh}）：{declared} 张，已作废 {voided} 张",
            f"Test cards are scanned and voided before closing ({name.en}): {declared}, voided {voided}",
        )


def missing_reports(state: State, held: ContestState) -> Iterator[Said]:
    """Kiosks that have neither reported nor are lost, and sums that do not fit."""
    kiosks = held.closing.kiosks if held.closing else ()
    waiting = [state.kiosks[key].name for key in kiosks if key not in held.reports and key not in held.lost]
    if waiting:
        yield _listed("等待终端报告：{names}", "No report yet from {names}", waiting)
        return
    cast = sum(report.cast for report in held.reports.values())
    if (cast != held.cast and not held.lost) or cast > held.cast:
        yield Said(
            f"终端报告投出 {cast} 票，日志有 {held.cast} 票，请监票人查明后将有误的终端记为无法报告",
            f"The kiosks report {cast} cast, the log has {held.cast}: find the kiosk and record it as lost",
        )


def missing_verifications(state: State, held: ContestState) -> Iterator[Said]:
    """How many scrutineers still have to verify."""
    left = state.quorum - len(held.verified)
    if left > 0:
        yield Said(
            f"已核验 {len(held.verified)} 人，须 {state.quorum} 人；还没有核验：{_names(state, held.verified)}",
            f"{len(held.verified)} of {state.quorum} have verified; not yet: {_names(state, held.verified)}",
        )


def missing_shares(state: State, held: ContestState) -> Iterator[Said]:
    """How many shares are still missing, and whose are not good."""
    good, threshold = len(held.good_shares), state.facts.threshold
    for index in held.bad_shares:
        name = state.trustees[index].name
        yield Said(
            f"{name} 的份额无效，不予使用，留作证据",
            f"The share of {name} is bad: it is not used and stays as evidence",
        )
    if good < threshold:
        yield Said(
            f"已有份额 {good} 份，须 {threshold} 份（已承诺 {len(held.commitments)} 人）",
            f"{good} of {threshold} shares ({len(held.commitments)} have committed)",
        )


def missing_sheets(held: ContestState) -> Iterator[Said]:
    """Boxes without a sheet, and boxes that the presidium has to decide about."""
    if held.uncounted_boxes:
        boxes = [box_said(box) for box in held.uncounted_boxes]
        yield Said(
            f"等待两名监票人在各自工作站录入计票单（没有的填 0）：{'、'.join(box.zh for box in boxes)}",
            f"Two scrutineers enter the sheets at their stations (0 for none): {', '.join(box.en for box in boxes)}",
        )
    over = held.sheets.over_issue(held.boxes)
    if over and not held.has_counts:
        yield _listed(
            "收回多于发出，等待主席团决定：{names}",
            "More returned than issued; the presidium decides about {names}",
            over,
        )


def missing_signatures(state: State, held: ContestState) -> Iterator[Said]:
    """How many scrutineers still have to sign the report."""
    signed, threshold = len(held.signers), state.facts.threshold
    if signed < threshold:
        yield Said(
            f"已签署 {signed} 人，须 {threshold} 人；还没有签署：{_names(state, held.signers)}",
            f"{signed} of {threshold} have signed; not yet: {_names(state, held.signers)}",
        )


def _names(state: State, done: Iterable[int]) -> str:
    known = set(done)
    return "、".join(state.trustees[index].name for index in sorted(state.trustees) if index not in known)


def _listed(zh: str, en: str, names: Iterable[str]) -> Said:
    text = "、".join(names)
    return Said(zh.replace("{names}", text), en.replace("{names}", text))

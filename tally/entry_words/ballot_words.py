"""Sentences about attendance, reports and what is counted by hand: those with numbers to compare."""

from collections.abc import Iterator

from ballots.screen.words import Said
from tally.entries import closing, consultations, contests, counting, sheets
from tally.entries.reading import Body
from tally.entry_words.class_words import class_said
from tally.entry_words.naming import title_of, titled
from tally.entry_words.reasons import SETTLED
from tally.entry_words.told import Told, about
from tally.state import State


def tell_of_counting(state: State, body: Body) -> Told | None:
    """Say such an entry; None for any other."""
    match body:
        case contests.AttendanceDeclared():
            title = title_of(state, body.contest)
            return about(title, "“{contest}”的到会情况", "The attendance of {contest}", tuple(_attendance(state, body)))
        case closing.KioskReported():
            facts = (
                (Said("投出", "Cast"), str(body.cast)),
                (Said("查验", "Tested"), str(body.challenged)),
            )
            title = title_of(state, body.contest)
            return about(title, "终端报告“{contest}”的票数", "A kiosk reports on {contest}", facts)
        case sheets.CountEntered():
            return about(
                title_of(state, body.contest),
                f"录入“{{contest}}”{box_said(body.box).zh}的计票单",
                f"A count sheet of {{contest}} is entered: {box_said(body.box).en}",
                tuple(_sheet(state, body)),
            )
        case sheets.BoxSettled():
            decision = SETTLED[body.decision]
            return about(
                title_of(state, body.contest),
                f"“{{contest}}”{box_said(body.box).zh}收回多于发出，主席团决定{decision.zh}",
                f"{{contest}}, {box_said(body.box).en}: more returned than issued; "
                f"the presidium decides: {decision.en}",
                ((Said("计票单", "Sheet"), body.sheet),),
            )
        case counting.PaperCompared():
            zh, en = ("相符", "agree") if body.agrees else ("不符", "differ")
            papers = ((Said("纸质票张数", "Papers"), str(body.papers)),)
            title = title_of(state, body.contest)
            return about(title, f"“{{contest}}”的纸质票与票数{zh}", f"Paper and counts of {{contest}} {en}", papers)
        case consultations.ConsultationRecorded():
            title = titled(body.title_zh, body.title_en)
            replies = (
                (Said("同意", "Agree"), str(body.agree)),
                (Said("不同意", "Disagree"), str(body.disagree)),
                (Said("未答复", "No reply"), str(body.no_reply)),
            )
            return about(title, "记录书面征求意见“{contest}”", "A consultation is recorded: {contest}", replies)
        case _:
            return None


def box_said(box: str) -> Said:
    """The name of a box, or of the slips on which others are written in."""
    return Said("另选他人纸条", "slips") if box == sheets.SLIPS else Said(f"票箱“{box}”", f"box {box}")


def _attendance(state: State, body: contests.AttendanceDeclared) -> Iterator[tuple[Said, str]]:
    yield Said("应到会", "Should attend"), str(body.should_attend)
    yield Said("实到会", "Present"), str(body.present)
    for cards in body.cards:
        name = class_said(state, cards.class_id)
        yield Said(f"{name.zh}：领卡", f"{name.en}: cards drawn"), str(cards.drawn)
        yield Said(f"{name.zh}：查验卡", f"{name.en}: test cards"), str(cards.test)
    for box in body.boxes:
        yield Said(f"票箱“{box.box}”发出", f"Box {box.box}: issued"), str(box.issued)


def _sheet(state: State, body: sheets.CountEntered) -> Iterator[tuple[Said, str]]:
    yield Said("计票单", "Sheet"), body.sheet
    yield Said("发出", "Issued"), str(body.issued)
    yield Said("收回", "Returned"), str(body.returned)
    yield Said("无效", "Invalid"), str(body.invalid)
    held = state.contests.get(body.contest)
    for row, counts in zip(held.contest.rows if held else (), body.counts, strict=False):
        yield Said(row.name, row.name), " / ".join(map(str, counts))
    for line in body.write_ins:
        yield Said(f"另选 {line.name}", f"Written in: {line.name}"), str(line.approve)
    if body.replaces:
        yield Said("更正计票单", "Corrects the sheet"), body.replaces

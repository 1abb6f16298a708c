from dataclasses import replace

from ballots.contest import Stage
from tally.entries.contests import ABANDONED_FOR, POSTPONED
from tally.replay import initial
from tally.verify.remarks import remarks_on
from tests.golden.golden_session import golden
from tests.support.session import SessionBuilder
from tests.support.session_parts import Cards
from tests.tally.replay.by_hand import definition, election, with_rules


def ids(session: SessionBuilder, *, anchored: bool = True) -> list[str]:
    return [remark.id for remark in remarks_on(session.state, anchored=anchored)]


def test_a_plain_session_has_nothing_to_remark() -> None:
    assert ids(SessionBuilder(simulated=False).run()) == []


def test_simulation_anchor_and_seal() -> None:
    session = SessionBuilder().run("published")
    assert ids(session, anchored=False) == ["simulated", "unanchored", "unsealed"]
    assert [remark.id for remark in remarks_on(initial(), anchored=True)] == ["unsealed"]


def test_faults_and_dropped_shares_name_their_authors() -> None:
    remarks = remarks_on(golden().state, anchored=True)
    assert [remark.id for remark in remarks] == [
        "simulated", "fault", "fault", "dropped_share", "lost_kiosk", "waiver",
        "corrected_sheet", "box_settled", "abandoned", "name_order", "reduced", "name_order", "consultation",
    ]  # fmt: skip
    faults = [remark.en for remark in remarks if remark.id == "fault"]
    assert faults == [
        "Key ceremony, attempt 1: 监票人2 (2) dealt a bad share.",
        "Key ceremony, attempt 2: 监票人3 (3) did not reveal.",
    ]
    assert "监票人3 (3)" in next(remark.zh for remark in remarks if remark.id == "dropped_share")
    (asked,) = (remark for remark in remarks if remark.id == "consultation")
    assert "33 members and 7 alternates" in asked.en
    assert "30 agree, 6 disagree, 4 did not reply" in asked.en
    assert "同意 30，不同意 6，未答复 4。不是表决，由常委会决定" in asked.zh
    assert "K02" in next(remark.en for remark in remarks if remark.id == "lost_kiosk")


def test_a_contest_with_too_few_ballots() -> None:
    session = SessionBuilder(simulated=False, cards=Cards(drawn=4)).run("reported")
    assert ids(session) == ["unsealed", "secret"]


def test_paper_that_does_not_agree() -> None:
    session = golden()
    contest = session.contest("waived")
    comparisons = tuple(replace(comparison, agrees=False) for comparison in contest.comparisons)
    state = replace(
        session.state, contests=session.state.contests.set("waived", replace(contest, comparisons=comparisons))
    )
    assert "paper" in [remark.id for remark in remarks_on(state, anchored=True)]


def test_an_abandoned_contest_is_said_with_its_reason() -> None:
    (remark,) = (remark for remark in remarks_on(golden().state, anchored=True) if remark.id == "abandoned")
    assert remark.en == (
        "broken-off: abandoned (cards were missing or misused). It has no result; what was cast (1) is never decrypted."
    )
    assert "已中止（表决卡遗失或误用）" in remark.zh
    session = SessionBuilder(simulated=False, cards=Cards(drawn=4)).run("reported")
    early = SessionBuilder(simulated=False, cards=Cards(drawn=4)).run("ready")
    for reason in ABANDONED_FOR:
        here = (early if reason == POSTPONED else session).fork()
        here.abandon(reason=reason)
        assert ids(here) == ["unsealed", "abandoned"]


def test_a_run_off_that_names_no_earlier_vote() -> None:
    session = SessionBuilder(simulated=False).run("equipped")
    contest = election(with_rules(session), "runoff", 2, stage=Stage.RUNOFF, seats=1)
    session.append(definition(session, contest))
    assert ids(session) == ["unsealed", "unlinked"]


def test_fewer_seats_are_said() -> None:
    (remark,) = (remark for remark in remarks_on(golden().state, anchored=True) if remark.id == "reduced")
    assert remark.en == "committee: the seats were reduced from 2 to 1."


def test_corrections_and_settled_boxes_are_said() -> None:
    remarks = {remark.id: remark for remark in remarks_on(golden().state, anchored=True)}
    assert remarks["corrected_sheet"].en == (
        "by-hand, box 东厅票箱: the count sheet “第一计票组” was replaced by “第一计票组 更正”."
    )
    assert remarks["corrected_sheet"].zh == "by-hand，票箱 东厅票箱：计票单“第一计票组”已由“第一计票组 更正”取代。"
    assert remarks["box_settled"].en == (
        "by-hand, box 西厅票箱, sheet “第二计票组”: more were returned than issued; it was decided to count the box."
    )
    contest = golden().contest("by-hand")
    settled = replace(contest.sheets, settled=(replace(contest.sheets.settled[0], decision="void"),))
    contests = golden().state.contests.set("by-hand", replace(contest, sheets=settled))
    void = remarks_on(replace(golden().state, contests=contests), anchored=True)
    assert "本次投票无效" in next(remark.zh for remark in void if remark.id == "box_settled")


def test_every_remark_is_in_both_languages() -> None:
    for remark in remarks_on(golden().state, anchored=False):
        assert remark.en
        assert any("\u4e00" <= char <= "\u9fff" for char in remark.zh)


def test_an_order_of_names_by_hand_is_said() -> None:
    session = SessionBuilder(simulated=False).run("equipped")
    contest = election(with_rules(session), "committee", 2)
    session.append(definition(session, replace(contest, order=tuple(reversed(contest.order)), id="moved", slot=3)))
    (remark,) = (remark for remark in remarks_on(session.state, anchored=True) if remark.id == "name_order")
    names = [row.name for row in contest.rows]
    assert remark.en.startswith("moved: the order of these names was made by hand: ")
    assert any(name in remark.zh for name in names)

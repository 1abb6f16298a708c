from tally.course.missing import missing_cards, missing_key, missing_quorum, missing_reports
from tally.entries.contests import AttendanceDeclared, ClassCards
from tally.state import initial
from tests.support.session import SessionBuilder


def test_the_key_comes_first() -> None:
    assert "not created" in next(missing_key(initial())).en
    assert "not made the key" in next(missing_key(SessionBuilder().run(until="joined").state)).en
    assert list(missing_key(SessionBuilder().run(until="keyed").state)) == []


def test_cards_that_are_not_accounted_for_are_counted() -> None:
    builder = SessionBuilder().run(until="issued")
    class_id = builder.contest().contest.classes[0]
    body = AttendanceDeclared(contest="motion", should_attend=10, present=6, cards=(ClassCards(class_id, 5, 1),))
    builder.add(body, *builder.two_trustees())
    (said,) = missing_cards(builder.state, builder.contest())
    assert "2 card(s)" in said.en
    assert "表决卡差 2 张" in said.zh
    assert class_id not in said.zh


def test_too_few_people_are_told_before_opening() -> None:
    builder = SessionBuilder().run(until="issued")
    class_id = builder.contest().contest.classes[0]
    told = []
    for present in (5, 6):
        body = AttendanceDeclared(
            contest="motion", should_attend=10, present=present, cards=(ClassCards(class_id, 5, 1),)
        )
        builder.add(body, *builder.two_trustees())
        told.append(list(missing_quorum(builder.state, builder.contest())))
    assert "fewer than the rules ask for" in told[0][0].en
    assert told[1] == []


def test_reports_that_do_not_add_up_are_told() -> None:
    builder = SessionBuilder().run(until="closed")
    from dataclasses import replace

    for number in (0, 1):
        report = builder.report(number, "motion")
        builder.add(replace(report, cast=0), builder.kiosks[number])
    (said,) = missing_reports(builder.state, builder.contest())
    assert "find the kiosk" in said.en

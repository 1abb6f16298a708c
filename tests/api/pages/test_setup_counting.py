from tests.api.hall import Hall
from tests.api.setting_up import official, put, send, stored, words
from tests.tally.drafting.folders import draft

PATH = "/setup/counting/scrutineers"


def test_scrutineers_are_saved_in_their_order(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    fields = {"name": ["甲", "周五", ""], "number": ["", "5", ""], "threshold": "2"}
    assert send(empty_hall, me, PATH, **fields).status_code == 303
    assert stored(empty_hall).plan.scrutineers.counters.people == (("甲", ""), ("周五", "5"))
    assert send(empty_hall, me, "/setup/counting/counters", name=["丁"], number=[""]).status_code == 303
    assert stored(empty_hall).plan.counters.names == ("丁",)


def test_a_candidate_is_refused_and_a_namesake_is_stated(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall, draft(roll_csv="编号,姓名,状态\nA1,吴六,正常\n2,乙,正常\n"))
    fields = {"name": ["吴六", "乙"], "number": ["A1", ""], "threshold": "2", "different": "吴六"}
    answer = send(empty_hall, me, PATH, **fields)
    assert (answer.status_code, "候选人不得监票、计票" in words(answer)) == (422, True)
    assert stored(empty_hall).plan.scrutineers.names == ("甲", "乙", "丙")

    send(empty_hall, me, PATH, name=["吴六", "乙"], number=["", ""], threshold="2")
    page = words(me.get("/setup/counting"))
    assert "我们声明：吴六 与候选人不是同一人（选举委员）" in page
    assert "吴六 与候选人同名" in words(me.get("/setup"))
    send(empty_hall, me, PATH, name=["吴六", "乙"], number=["", ""], threshold="2", different="吴六")
    assert stored(empty_hall).plan.scrutineers.different == ("吴六",)
    assert "吴六 与候选人同名" not in words(me.get("/setup"))


def test_a_wrong_threshold_keeps_what_was_typed(empty_hall: Hall) -> None:
    me = official(empty_hall)
    put(empty_hall)
    for threshold in ("", "x", "1", "3", "²"):
        answer = send(empty_hall, me, PATH, name=["丁", "戊"], number=["", ""], threshold=threshold)
        assert (answer.status_code, 'value="戊"' in answer.text) == (422, True)
    assert stored(empty_hall).files == draft()

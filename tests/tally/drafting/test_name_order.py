from tally.drafting.name_order import by_strokes, name_lines, order_of
from tally.drafting.rows import place_by_hand
from tally.drafting.session_text import Files
from tally.drafting.survey import survey
from tally.rules.loader import load_rule_set
from tests.tally.drafting.folders import draft, example_files


def lines(files: Files, contest: str = "committee") -> list[tuple[str, str, str]]:
    found = survey(files)
    assert found.plan is not None
    plan = next(plan for plan in found.plan.contests if plan.id == contest)
    return [(line.name, line.reason, line.position) for line in name_lines(plan, found.contest(contest))]


def test_every_name_has_its_place_and_the_reason() -> None:
    found = lines(draft())
    assert [name for name, _, _ in found] == ["王八", "吴六", "郑七"]
    assert found[0][1].startswith("王4（横横竖横）")
    assert len(lines(example_files())) == 39


def test_a_place_by_hand_is_shown() -> None:
    files = place_by_hand(draft(), "contest:committee", "A2", "1")
    assert next((name, position) for name, _, position in lines(files)) == ("郑七", "1")


def test_a_character_without_strokes_is_marked() -> None:
    table = "编号,姓名\nA1,\U0002a6d6九\nA2,郑七\nA3,王八\n"
    assert lines(draft(committee_csv=table))[0][1].startswith("\U0002a6d6？")


def test_the_rule_of_the_order_is_said() -> None:
    found = survey(example_files())
    assert found.plan is not None
    plans = {plan.id: plan for plan in found.plan.contests}
    rules = found.plan.rule_sets
    assert order_of(plans["committee"], rules["election_local_2020"]).zh == "按姓氏笔画为序"
    assert by_strokes(plans["committee"], rules["election_local_2020"])
    assert not by_strokes(plans["trust"], load_rule_set("trust_mid_term"))
    assert "表格" in order_of(plans["trust"], load_rule_set("trust_mid_term")).zh

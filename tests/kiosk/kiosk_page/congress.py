"""The example congress with its six contests open, and one questionnaire: all kinds of ballots that a kiosk shows."""

from collections.abc import Iterable

from ballots.contest import At, Contest, Kind, Limit, Row, RulesRef, Title, make_contest
from tally.drafting.survey import survey
from tally.entries.contests import RulesAdopted, rules_hash
from tally.rules.loader import load_rule_set
from tests.api.hall import Hall
from tests.tally.drafting.folders import example_files


def congress(*wanted: str) -> tuple[Contest, ...]:
    """Contests of the example by id; all six without any."""
    found = survey(example_files()).contests
    return tuple(contest for contest in found if not wanted or contest.id in wanted)


def questionnaire(slot: int) -> Contest:
    """Three wishes at most, one at least."""
    rules = load_rule_set("questionnaire_default")
    texts = ("就业和创业", "教育", "医疗", "养老", "住房", "交通", "环境保护", "农村饮水")
    return make_contest(
        id="wishes",
        kind=Kind.QUESTIONNAIRE,
        title=Title(zh="您认为明年最应办好的实事", en="What should be done first next year"),
        slot=slot,
        rows=[Row(f"q{number}", text) for number, text in enumerate(texts, 1)],
        marks=("chosen", "not_chosen"),
        blank="not_chosen",
        limits=(Limit(At.MOST, 3, "chosen"), Limit(At.LEAST, 1, "chosen")),
        rules=RulesRef(rules.id, rules_hash(rules.to_json())),
        classes=("delegate",),
    )


def open_contests(hall: Hall, contests: Iterable[Contest]) -> None:
    """Bring the session of a hall to these contests, all open."""
    world, adopted = hall.world, {"resolution_default"}
    world.create()
    world.ceremony()
    world.prepare_voting()
    for contest in contests:
        if contest.rules.id not in adopted:
            adopted.add(contest.rules.id)
            world.decree(RulesAdopted(contest.rules.id, load_rule_set(contest.rules.id).to_json()), "rules.adopted")
        world.define(contest)
        world.open(contest)
    for raw in world.entries:
        hall.post(raw)

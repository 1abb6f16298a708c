from datetime import UTC, date, datetime, timedelta

import pytest

from api.keeping.retention import check_retention_over, kept_until
from tally.entries.contests import RulesAdopted
from tally.rules.loader import load_rule_set
from tests.api.world import World
from tests.support.seeded_rng import SeededRng
from voting_core.errors import StateError
from voting_core.signing_key import SigningKey

KEYS = [SigningKey.generate(SeededRng(number)).public for number in (1, 2)]


def kept(world: World) -> date:
    world.create()
    world.ceremony()
    return kept_until(world.state)


def test_without_rules_it_is_the_day_of_the_session() -> None:
    assert kept(World(*KEYS)) == date(2026, 12, 20)


def test_where_no_text_says_a_month_is_kept_and_the_longest_retention_counts() -> None:
    world = World(*KEYS)
    kept(world)
    for name, days, until in (
        ("resolution_default", 0, date(2027, 1, 20)),
        ("election_grassroots_2020", 365, date(2027, 12, 20)),
        ("trust_default", 30, date(2027, 12, 20)),
    ):
        rules = load_rule_set(name).to_json()
        rules["retention"] = {"days": days, "destroy_needs_two_roles": True}
        world.decree(RulesAdopted(name, rules), "rules.adopted")
        assert kept_until(world.state) == until


def test_a_rehearsal_need_not_be_kept() -> None:
    world = World(*KEYS, simulated=True)
    kept(world)
    rules = load_rule_set("election_grassroots_2020").to_json()
    rules["retention"] = {"days": 365, "destroy_needs_two_roles": True}
    world.decree(RulesAdopted("election_grassroots_2020", rules), "rules.adopted")
    assert kept_until(world.state) == date.min
    check_retention_over(world.state, 0)


def test_the_last_day_is_kept_to_its_end() -> None:
    world = World(*KEYS)
    first = datetime.combine(kept(world), datetime.min.time(), UTC)
    check_retention_over(world.state, int(first.timestamp()))
    with pytest.raises(StateError, match="kept until 2026-12-20"):
        check_retention_over(world.state, int((first - timedelta(seconds=1)).timestamp()))

from datetime import date

from api.keeping.retention import kept_until
from tally.entries.contests import RulesAdopted
from tally.rules.loader import load_rule_set
from tests.api.world import World
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey

KEYS = [SigningKey.generate(SeededRng(number)).public for number in (1, 2)]


def kept(world: World) -> date:
    world.create()
    world.ceremony()
    return kept_until(world.state)


def test_without_rules_it_is_the_day_of_the_session() -> None:
    assert kept(World(*KEYS)) == date(2026, 12, 20)


def test_the_longest_retention_counts() -> None:
    world = World(*KEYS)
    kept(world)
    for name, days in (("resolution_default", 0), ("election_grassroots_2020", 365), ("trust_default", 30)):
        rules = load_rule_set(name).to_json()
        rules["retention"] = {"days": days, "destroy_needs_two_roles": True}
        world.decree(RulesAdopted(name, rules), "rules.adopted")
    assert kept_until(world.state) == date(2027, 12, 20)


def test_a_rehearsal_need_not_be_kept() -> None:
    world = World(*KEYS, simulated=True)
    kept(world)
    rules = load_rule_set("election_grassroots_2020").to_json()
    rules["retention"] = {"days": 365, "destroy_needs_two_roles": True}
    world.decree(RulesAdopted("election_grassroots_2020", rules), "rules.adopted")
    assert kept_until(world.state) == date(2026, 12, 20)

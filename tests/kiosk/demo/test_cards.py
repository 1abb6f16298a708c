import json
import stat
from pathlib import Path

from kiosk.demo.cards import LEFT_OVER, RESERVE, TEST, Cards, challenges, keys_of, run_of, spare_class, write_turns
from tally.cli.system import SystemRng
from tests.support.simulation import election, motion
from tests.tally.decide.evaluations import by_category

SESSION = bytes(range(32))


def test_cards_are_as_many_as_drawn_left_over_tested_and_in_reserve() -> None:
    cards = Cards.make(10, SystemRng())
    assert (len(cards.drawn), len(cards.left_over), len(cards.test), len(cards.reserve)) == (
        10,
        LEFT_OVER,
        TEST,
        RESERVE,
    )
    everyone = cards.of_classes(motion(), {"delegate": 10})["delegate"]
    run = run_of(everyone, SESSION, 0)
    keys = [run[start : start + 32] for start in range(0, len(run), 32)]
    assert len(set(keys)) == 10 + LEFT_OVER + TEST + RESERVE
    assert keys == sorted(keys)


def test_keys_differ_from_slot_to_slot() -> None:
    cards = Cards.make(3, SystemRng()).drawn
    assert not {key.public for key in keys_of(cards, SESSION, 0)} & {key.public for key in keys_of(cards, SESSION, 1)}


def test_turns_are_spread_over_the_kiosks_and_what_one_card_does_stays_at_one(tmp_path: Path) -> None:
    cards = Cards.make(90, SystemRng())
    paths = write_turns(tmp_path, ("1", "2"), (election(), motion()), cards, SESSION, "s")
    lines = {name: [json.loads(line) for line in path.read_text().splitlines()] for name, path in paths.items()}
    everything = [turn for turns in lines.values() for turn in turns]
    casts = [turn for turn in everything if not turn.get("challenge")]
    assert len(casts) == 2 * 90
    assert len(everything) - len(casts) == 2 * challenges(90)
    for contest in ("election", "motion"):
        at = {name: {turn["card"] for turn in turns if turn["contest"] == contest} for name, turns in lines.items()}
        assert not at["1"] & at["2"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths.values())


def test_each_class_has_the_cards_of_those_present_and_the_last_cell_the_others() -> None:
    contest = by_category()
    cards = Cards.make(10, SystemRng())
    found = cards.of_classes(contest, {"a": 3, "b": 0, "c": 7})

    assert spare_class(contest) == "c"
    assert {name: len(own) for name, own in found.items()} == {"a": 3, "c": 7 + LEFT_OVER + TEST + RESERVE}
    assert found["a"] == cards.drawn[:3]
    assert found["c"][:7] == cards.drawn[3:]

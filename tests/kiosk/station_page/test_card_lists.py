"""Public lists of cards: form, merging, what is to be issued, and the equation."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.station_page.card_lists import CardLists, load_lists, run_code, store_lists
from tests.api.world import voting_world
from voting_core.errors import EncodingError, InputError

SESSION = bytes(range(32))


def run(*first: int) -> bytes:
    return b"".join(bytes([number]) * 32 for number in first)


LISTS = CardLists(SESSION, {"delegate": (run(1, 2), run(3, 4)), "leader": (run(5), run(6))})


def test_lists_are_read_back_with_the_same_code(tmp_path: Path) -> None:
    assert load_lists(tmp_path) is None
    store_lists(tmp_path, LISTS)
    again = load_lists(tmp_path)
    assert again == LISTS
    assert again.code == LISTS.code
    assert (again.count("delegate"), again.count("leader")) == (2, 1)


@pytest.mark.parametrize(
    "classes",
    [
        {"delegate": (run(2, 1),)},
        {"delegate": (run(1, 1),)},
        {"delegate": (run(1, 2), run(3))},
        {"delegate": (run(1)[:-1],)},
    ],
)
def test_lists_that_are_not_sorted_or_of_one_length_are_refused(classes: dict[str, tuple[bytes, ...]]) -> None:
    with pytest.raises(EncodingError):
        CardLists.from_bytes(CardLists(SESSION, classes).to_bytes())


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "cards.public.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="damaged"):
        load_lists(tmp_path)


def test_lists_are_merged_class_by_class() -> None:
    world, _ = voting_world()
    mine = replace(LISTS, session=world.state.session_id)
    other = CardLists(mine.session, {"guest": (run(7),)})
    assert sorted(mine.merged(other, world.state).classes) == ["delegate", "guest", "leader"]
    with pytest.raises(InputError, match="another session"):
        mine.merged(LISTS, world.state)
    # The class is registered in the log already: other cards of it cannot come.
    with pytest.raises(InputError, match="registered already"):
        mine.merged(CardLists(mine.session, {"delegate": (run(8, 9),)}), world.state)
    assert mine.merged(mine, world.state) == mine


def test_what_is_to_be_issued_is_what_is_missing() -> None:
    world, contest = voting_world()
    assert LISTS.to_issue(world.state, world.state.contest(contest.id)) == ()
    second = world.contest(id="second", slot=1)
    from tally.entries.contests import ContestDefined

    world.decree(ContestDefined(second.to_json()), "contest.defined")
    (body,) = LISTS.to_issue(world.state, world.state.contest("second"))
    assert (body.slot, body.class_id, body.keys) == (1, "delegate", run(3, 4))
    third = world.contest(id="third", slot=2)
    world.decree(ContestDefined(third.to_json()), "contest.defined")
    assert LISTS.to_issue(world.state, world.state.contest("third")) == ()
    assert run_code(body) != run_code(replace(body, keys=run(3, 5)))

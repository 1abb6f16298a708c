"""The fixed order of a list: by strokes, with places given by hand, and refused rather than guessed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tally.rules.common import NameOrder
from tally.strokes.lawful_order import AtPosition, DirectlyAfter, NameOrderError, lawful_order
from tally.strokes.order import name_key
from tally.strokes.table import is_placed, known_characters
from voting_core.errors import InputError

SURNAME, FULL = NameOrder.SURNAME_STROKES, NameOrder.FULL_NAME_STROKES

PEOPLE = [("0001", "陈静"), ("0002", "王海"), ("0003", "李娟"), ("0004", "田大利"), ("0005", "田富")]
WITH_UNKNOWN = [*PEOPLE, ("0006", "龘海")]


def ids(people, mode=SURNAME, *overrides):
    return lawful_order(people, mode, overrides).ids


def refusals(people, *overrides):
    with pytest.raises(NameOrderError) as caught:
        lawful_order(people, SURNAME, overrides)
    return caught.value


def test_by_strokes_in_both_modes():
    assert ids(PEOPLE, SURNAME) == ("0002", "0005", "0004", "0003", "0001")
    assert ids(PEOPLE, FULL) == ("0002", "0004", "0005", "0003", "0001")


def test_nothing_is_doubtful_where_every_character_is_exact():
    order = lawful_order(PEOPLE, SURNAME)

    assert (order.doubtful, order.unknown, order.by_hand) == ((), (), ())


def test_an_empty_list_and_one_person():
    assert ids([]) == ()
    assert ids([("a", "王海")]) == ("a",)


def test_equal_names_keep_the_order_of_their_rows():
    assert ids([("z", "王海"), ("a", "王海"), ("m", "丁海"), ("b", "王　海（女）")]) == ("m", "z", "a", "b")


def test_an_unknown_character_is_refused_with_row_name_character_and_remedy():
    problem = str(refusals(WITH_UNKNOWN))

    assert problem == (
        'row 6, "0006" 龘海: the strokes of 龘 (U+9F98) are not in the table. '
        'Place "0006" by hand: at a position of the list, or directly after another person'
    )


def test_every_unknown_character_is_named():
    error = refusals([("a", "王A龘"), ("b", "陈静"), ("c", "（女）")])

    assert isinstance(error, InputError)
    assert [problem.place for problem in error.problems] == ['row 1, "a" 王A龘'] * 2 + ['row 3, "c" （女）']
    assert "U+0041" in str(error)
    assert "no character" in error.problems[2].problem


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (AtPosition("0006", 1), ("0006", "0002", "0005", "0004", "0003", "0001")),
        (AtPosition("0006", 6), ("0002", "0005", "0004", "0003", "0001", "0006")),
        (DirectlyAfter("0006", "0005"), ("0002", "0005", "0006", "0004", "0003", "0001")),
        (DirectlyAfter("0006", "0001"), ("0002", "0005", "0004", "0003", "0001", "0006")),
    ],
)
def test_an_unknown_name_stands_where_officials_put_it(override, expected):
    order = lawful_order(WITH_UNKNOWN, SURNAME, [override])

    assert order.ids == expected
    assert order.unknown == ("龘",)
    assert order.doubtful == ()
    assert order.by_hand == ("0006",)


def test_a_known_name_can_be_moved_too():
    assert ids(PEOPLE, SURNAME, AtPosition("0002", 5)) == ("0005", "0004", "0003", "0001", "0002")


def test_people_stand_in_a_chain():
    chain = [DirectlyAfter("0002", "0001"), DirectlyAfter("0005", "0002"), AtPosition("0001", 2)]

    assert ids(PEOPLE, SURNAME, *chain) == ("0004", "0001", "0002", "0005", "0003")


@pytest.mark.parametrize("position", [0, -1, 6])
def test_positions_outside_the_list_are_refused(position):
    assert "there is no position" in str(refusals(PEOPLE, AtPosition("0001", position)))


@pytest.mark.parametrize("position", [1, 5])
def test_the_first_and_the_last_position_are_taken(position):
    assert ids(PEOPLE, SURNAME, AtPosition("0003", position))[position - 1] == "0003"


@pytest.mark.parametrize(
    ("overrides", "problem"),
    [
        ([AtPosition("0009", 1)], "this id is not in the list"),
        ([DirectlyAfter("0001", "0009")], 'the id "0009" is not in the list'),
        ([AtPosition("0001", 1), AtPosition("0001", 2)], "this person is placed twice"),
        ([AtPosition("0001", 1), DirectlyAfter("0001", "0002")], "this person is placed twice"),
        ([AtPosition("0001", 2), AtPosition("0003", 2)], "position 2 is another person already"),
        ([DirectlyAfter("0001", "0002"), DirectlyAfter("0003", "0002")], "is another person already"),
        ([DirectlyAfter("0001", "0001")], "cannot be kept"),
        ([DirectlyAfter("0001", "0003"), DirectlyAfter("0003", "0001")], "cannot be kept"),
        ([AtPosition("0001", 5), DirectlyAfter("0003", "0001")], "cannot be kept"),
        ([AtPosition("0001", 2), DirectlyAfter("0003", "0002")], "cannot be kept"),
        ([AtPosition("0001", 2), DirectlyAfter("0003", "0001"), AtPosition("0004", 3)], "cannot be kept"),
    ],
)
def test_impossible_places_are_refused(overrides, problem):
    assert problem in str(refusals(PEOPLE, *overrides))


def test_an_id_that_stands_twice_is_refused():
    error = refusals([("a", "王海"), ("b", "陈静"), ("a", "李娟")])

    assert str(error) == 'row 3: the id "a" stands in row 1 already. Give every person an id of their own'


def test_placed_characters_are_doubtful_unless_the_name_is_placed_by_hand():
    placed = next(character for character in known_characters() if is_placed(character))
    people = [("a", "王海"), ("b", f"王{placed}")]

    assert lawful_order(people, SURNAME).doubtful == (placed,)
    assert lawful_order(people, SURNAME, [AtPosition("b", 1)]).doubtful == ()


def test_characters_of_equal_strokes_from_different_levels_are_doubtful_where_they_decide():
    assert lawful_order([("a", "佘明"), ("b", "余明"), ("c", "王海")], SURNAME).ids == ("c", "b", "a")
    assert lawful_order([("a", "佘明"), ("b", "余明"), ("c", "王海")], SURNAME).doubtful == ("余", "佘")
    assert lawful_order([("a", "佘明"), ("b", "王海")], SURNAME).doubtful == ()
    assert lawful_order([("a", "王余"), ("b", "李佘")], SURNAME).doubtful == ()


names = st.text(st.sampled_from(sorted(known_characters())), min_size=1, max_size=4)
lists = st.lists(names, max_size=9).map(lambda found: [(f"{place:02}", name) for place, name in enumerate(found)])
modes = st.sampled_from(NameOrder)


@given(lists, modes)
def test_a_permutation_in_the_order_of_the_keys(people, mode):
    order = ids(people, mode)
    keys = [name_key(dict(people)[identity], mode) for identity in order]

    assert sorted(order) == sorted(dict(people))
    assert keys == sorted(keys)


@given(lists, modes, st.data())
def test_places_given_by_hand_are_kept_and_the_others_stay_in_order(people, mode, data):
    assume(len(people) > 1)
    chosen = data.draw(st.lists(st.sampled_from([identity for identity, _ in people]), unique=True, min_size=1))
    positions = data.draw(st.permutations(range(1, len(people) + 1)))
    overrides = [AtPosition(identity, place) for identity, place in zip(chosen, positions, strict=False)]
    order = ids(people, mode, *overrides)

    assert all(order[override.position - 1] == override.id for override in overrides)
    assert [i for i in order if i not in chosen] == [i for i in ids(people, mode) if i not in chosen]
    assert ids([(i, dict(people)[i]) for i in order], mode, *overrides) == order


@given(lists, modes, st.data())
def test_somebody_placed_after_another_stands_there(people, mode, data):
    assume(len(people) > 1)
    one, two = data.draw(st.permutations([identity for identity, _ in people]))[:2]
    order = ids(people, mode, DirectlyAfter(one, two))

    assert order.index(one) == order.index(two) + 1
    assert [i for i in order if i != one] == [i for i in ids(people, mode) if i != one]


@given(lists, modes)
def test_ordering_an_ordered_list_changes_nothing(people, mode):
    order = ids(people, mode)

    assert ids([(identity, dict(people)[identity]) for identity in order], mode) == order


@given(st.lists(st.sampled_from(["王海", "田富", "田大利"]), max_size=9), modes)
def test_equal_names_are_stable(found, mode):
    people = [(f"{place:02}", name) for place, name in enumerate(found)]
    order = ids(people, mode)

    for name in set(found):
        same = [identity for identity in order if dict(people)[identity] == name]
        assert same == sorted(same)

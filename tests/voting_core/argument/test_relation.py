import pytest

from voting_core.argument.relation import Equation, Relation, combine_forms, dot, evaluate_form, powers
from voting_core.group import Q

FORMS = (((0, 1), (2, -3)), ((1, 2),))


def test_a_form_is_evaluated_over_the_integers() -> None:
    assert evaluate_form(FORMS[0], (1, 5, 2)) == -5
    assert evaluate_form((), (1, 5, 2)) == 0


def test_powers_start_at_one() -> None:
    assert powers(3, 4) == (3, 9, 27, 81)
    assert powers(Q - 1, 3) == (Q - 1, 1, Q - 1)
    assert powers(3, 0) == ()


def test_combined_forms_give_the_sum_of_the_weighted_forms() -> None:
    values = (7, 11, 13)
    weights = powers(1009, 2)
    expected = sum(w * evaluate_form(form, values) for w, form in zip(weights, FORMS, strict=True)) % Q
    assert dot(combine_forms(FORMS, weights, 3), values) == expected
    assert combine_forms((), (), 2) == (0, 0)


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="zip"):
        combine_forms(FORMS, (1,), 3)
    with pytest.raises(ValueError, match="zip"):
        dot((1, 2), (1,))


@pytest.mark.parametrize("form", [((3, 1),), ((-1, 1),), ((0, 1), (0, 2))])
def test_a_relation_refuses_bits_that_are_not_there_or_named_twice(form: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="a form names bits"):
        Relation(3, (form,), ())
    with pytest.raises(ValueError, match="a form names bits"):
        Relation(3, (), (Equation(form, 1),))

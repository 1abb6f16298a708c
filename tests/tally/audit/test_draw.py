import pytest

from tally.audit.draw import Place, draw, places, read_seed
from voting_core.errors import InputError


@pytest.mark.parametrize(
    ("seed", "papers", "expected"),
    [
        ("0", 1000, (905, 573, 160)),
        ("0", 2, (1, 1, 2)),
        ("1", 1000, (97, 89, 163)),
        ("0000000000", 1000, (978, 359, 132)),
        ("999999999999999999999999", 1000, (544, 800, 654)),
        ("abcde", 1000, (247, 427, 157)),
    ],
)
def test_the_draw_is_rivests_sampler(seed: str, papers: int, expected: tuple[int, ...]) -> None:
    """Values that its reference implementation gives (Chris Jerdonek, "Test cases for Rivest's sampler", 2014)."""
    assert draw(seed, papers, 3) == expected
    assert draw(seed, papers, 1) + draw(seed, papers, 2, already=1) == expected


@pytest.mark.parametrize("arguments", [(0, 1, 0), (5, -1, 0), (5, 1, -1)])
def test_a_draw_from_nothing_is_a_mistake_of_the_program(arguments: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="draw"):
        draw("0", *arguments)


def test_places_are_in_bundles_and_a_paper_may_be_drawn_twice() -> None:
    assert places((501, 3, 500, 3, 1000), (500, 500)) == (
        Place(1, 3, 2),
        Place(1, 500, 1),
        Place(2, 1, 1),
        Place(2, 500, 1),
    )


def test_a_seed_has_twenty_digits() -> None:
    assert read_seed("01234 56789 01234 56789") == "01234567890123456789"
    for wrong in ("1234567890123456789", "x" * 20, "٣" * 20, "1" * 65, ""):
        with pytest.raises(InputError, match="ten-sided die"):
            read_seed(wrong)

"""Aggregates, and how small cells are merged (SPEC §9.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from ballots.contest import Cell, Contest, RulesRef
from tally.aggregate import add_ballot, aggregates_digest, check_minimum, merge_cells, share_bases
from tally.state import BoxSum, CellSum
from tests.support.session import motion_contest
from voting_core.codec import canonical
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.group import base_mul
from voting_core.params import Tag

CLASSES = ("a", "b", "c")


def contest(minimum: int = 5) -> Contest:
    """Three classes in three cells: a merges into c, b into c."""
    cells = (Cell("a", ("a",), "c"), Cell("b", ("b",), "c"), Cell("c", ("c",), ""))
    return motion_contest(RulesRef("resolution_default", bytes(32)), classes=CLASSES, cells=cells, minimum=minimum)


def ciphertexts(*numbers: int) -> tuple[Ciphertext, ...]:
    return tuple(Ciphertext(base_mul(number), base_mul(10 * number)) for number in numbers)


def sums(**ballots: int) -> Map[str, BoxSum]:
    """`ballots` ballots in each class, each of them an encryption of (1, 2) in the tests' own sense."""
    result: Map[str, BoxSum] = Map()
    for name, count in ballots.items():
        for _ in range(count):
            result = add_ballot(result, name, ciphertexts(1, 2))
    return result


def test_ballots_are_multiplied_class_by_class() -> None:
    result = sums(a=1, b=3)
    assert result["a"] == BoxSum(1, ciphertexts(1, 2))
    assert result["b"] == BoxSum(3, ciphertexts(3, 6))
    assert "c" not in result


@pytest.mark.parametrize(
    ("ballots", "left"),
    [
        ({"a": 5, "b": 5, "c": 5}, [("a", 5), ("b", 5), ("c", 5)]),
        ({"a": 4, "b": 5, "c": 5}, [("b", 5), ("c", 9)]),
        ({"a": 4, "b": 4, "c": 1}, [("c", 9)]),
        ({"a": 4, "b": 0, "c": 0}, [("b", 0), ("c", 4)]),
        ({"a": 0, "b": 0, "c": 0}, [("a", 0), ("b", 0), ("c", 0)]),
        ({"a": 0, "b": 0, "c": 6}, [("a", 0), ("b", 0), ("c", 6)]),
    ],
)
def test_small_cells_merge_in_order_and_disappear(ballots: dict[str, int], left: list[tuple[str, int]]) -> None:
    cells = merge_cells(contest(), sums(**ballots))
    assert [(cell.cell, cell.ballots) for cell in cells] == left
    for cell in cells:
        assert cell.ciphertexts == (ciphertexts(cell.ballots, 2 * cell.ballots) if cell.ballots else ())


def test_a_cell_that_grew_by_merging_may_merge_again() -> None:
    cells = (Cell("a", ("a",), "b"), Cell("b", ("b",), "c"), Cell("c", ("c",), ""))
    chain = motion_contest(RulesRef("resolution_default", bytes(32)), classes=CLASSES, cells=cells)
    assert [(cell.cell, cell.ballots) for cell in merge_cells(chain, sums(a=2, b=2, c=2))] == [("c", 6)]
    assert [(cell.cell, cell.ballots) for cell in merge_cells(chain, sums(a=2, b=3, c=0))] == [("b", 5), ("c", 0)]


@given(st.tuples(*[st.integers(0, 7)] * 3), st.integers(1, 6))
def test_merging_loses_no_ballot_and_leaves_only_the_last_cell_small(numbers: tuple[int, ...], minimum: int) -> None:
    made = motion_contest(
        RulesRef("resolution_default", bytes(32)),
        classes=CLASSES,
        cells=contest().cells,
        minimum=minimum,
        waiver=True,
    )
    boxes = Map({name: BoxSum(count, ciphertexts(1)) for name, count in zip(CLASSES, numbers, strict=True) if count})
    cells = merge_cells(made, boxes)
    assert sum(cell.ballots for cell in cells) == sum(numbers)
    assert all(cell.ballots == 0 or cell.ballots >= minimum for cell in cells[:-1])
    assert cells[-1].cell == "c"


def test_a_small_last_cell_is_not_decrypted() -> None:
    check_minimum(contest(), [CellSum("a", 5, ()), CellSum("c", 0, ())])
    with pytest.raises(VerificationError) as caught:
        check_minimum(contest(), [CellSum("a", 5, ()), CellSum("c", 4, ())])
    assert caught.value.code == "V10.A"
    assert "cell c has 4 ballots" in str(caught.value)


def test_the_digest_is_over_the_cells_left_and_their_points() -> None:
    cells = merge_cells(contest(), sums(a=4, b=0, c=2))
    sizes = canonical([{"ballots": 0, "cell": "b"}, {"ballots": 6, "cell": "c"}])
    points = b"".join(item.encode() for item in ciphertexts(6, 12))
    assert aggregates_digest(contest(), cells) == digest(Tag.AGGREGATES, contest().hash, sizes, points)


def test_trustees_decrypt_the_pads_of_cells_with_ballots() -> None:
    cells = merge_cells(contest(), sums(a=5, b=0, c=5))
    assert share_bases(cells) == (base_mul(5), base_mul(10), base_mul(5), base_mul(10))

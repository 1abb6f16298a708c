"""Passwords of acts are guessed a few times, and then ever more slowly."""

from api.accounts.guesses import FIRST_SECONDS, FREE, LONGEST_SECONDS, Guesses


def test_the_lock_doubles_and_ends_by_itself() -> None:
    guesses = Guesses()
    for _ in range(FREE - 1):
        guesses.wrong("li-na", 0.0)
    assert guesses.wait("li-na", 0.0) == 0
    guesses.wrong("li-na", 0.0)
    assert guesses.wait("li-na", 0.0) == FIRST_SECONDS
    assert guesses.wait("li-na", FIRST_SECONDS) == 0
    assert guesses.wait("zhao-min", 0.0) == 0
    guesses.wrong("li-na", 100.0)
    assert guesses.wait("li-na", 100.0) == 2 * FIRST_SECONDS
    for _ in range(1000):
        guesses.wrong("li-na", 0.0)
    assert guesses.wait("li-na", 0.0) == LONGEST_SECONDS
    guesses.right("li-na")
    assert guesses.wait("li-na", 0.0) == 0


def test_names_that_are_made_up_do_not_fill_the_memory() -> None:
    guesses = Guesses(limit=3)
    for name in ("a", "b", "c", "a", "d"):
        for _ in range(FREE):
            guesses.wrong(name, 0.0)
    assert [bool(guesses.wait(name, 0.0)) for name in "abcd"] == [True, False, True, True]

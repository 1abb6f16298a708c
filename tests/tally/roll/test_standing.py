import pytest

from tally.roll.standing import Standing, Status, StatusWord, standing_of


@pytest.mark.parametrize("word", StatusWord)
def test_a_word_says_what_it_is_the_word_of(word: StatusWord) -> None:
    assert standing_of(word).word is word
    assert word.english


@pytest.mark.parametrize("status", Status)
def test_only_the_active_are_in_the_base(status: Status) -> None:
    assert Standing(status).should_attend is (status is Status.ACTIVE)
    assert not Standing(status, rights_suspended=True).should_attend


def test_leave_keeps_in_the_base_and_away_from_the_hall() -> None:
    standing = Standing(on_leave=True)
    assert standing.should_attend
    assert not standing.present
    assert Standing(rights_suspended=True, on_leave=True).word is StatusWord.RIGHTS_SUSPENDED
    assert Standing(Status.SUSPENDED, rights_suspended=True).word is StatusWord.SUSPENDED


def test_two_statuses_are_final() -> None:
    assert {status for status in Status if status.is_final} == {Status.TERMINATED, Status.RECALLED}

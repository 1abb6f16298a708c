"""People of a roll for tests."""

from tally.roll.person import RollPerson
from tally.roll.standing import StatusWord, standing_of


def make_person(
    number: str, word: str = "正常", *, name: str = "", capacity: str = "", votes: bool = True, **details: str
) -> RollPerson:
    """A person with a word of 状态 and other columns."""
    standing = standing_of(StatusWord(word))
    return RollPerson(number, name or f"人{number}", standing, capacity, votes, tuple(details.items()))

from tally.entries.ceremony import MISSING_MESSAGES
from tally.entries.contests import ABANDONED_FOR
from tally.entries.credentials import VOID_REASONS
from tally.entries.outcome import SCOPES as ALL_SCOPES
from tally.entries.sheets import DECISIONS
from tally.entry_words.reasons import ABANDONED, MISSING, SCOPES, SETTLED, VOIDED


def test_every_choice_has_its_words() -> None:
    assert set(ABANDONED) == set(ABANDONED_FOR)
    assert set(VOIDED) == set(VOID_REASONS)
    assert set(SCOPES) == set(ALL_SCOPES)
    assert set(MISSING) == set(MISSING_MESSAGES)
    assert set(SETTLED) == set(DECISIONS)

"""New ids, slots and titles."""

from dataclasses import replace

from ballots.contest import Kind, Stage, Title
from tally.next_vote.drafting import Ending, Taken, again, continued
from tests.tally.decide.contests import a_contest
from voting_core.params import MAX_SLOTS, MAX_TEXT

CONTEST = a_contest(Kind.ELECTION, "陈静 王海 李娟", id="committee")
ENDING = Ending("runoff", "（再次投票）", " (run-off)")


def draft(earlier=CONTEST, taken=None):
    return continued(
        earlier,
        taken or Taken.by([earlier]),
        ENDING,
        rows=earlier.rows[:2],
        order=("r2", "r1"),
        seats=1,
        stage=Stage.RUNOFF,
    )


def test_ids_that_are_taken_get_a_number():
    taken = Taken(frozenset({"committee", "committee-runoff", "committee-runoff-2"}), frozenset())

    assert taken.new_id("committee", "runoff") == "committee-runoff-3"
    assert taken.new_id("other", "runoff") == "other-runoff"
    assert taken.new_id("caseX", "runoff") == "caseX-runoff"


def test_long_ids_are_cut_to_what_is_allowed():
    taken = Taken(frozenset(), frozenset())

    assert taken.new_id("a" * 32, "runoff") == "a" * 25 + "-runoff"
    assert taken.new_id("a" * 24 + "-bcdefgh", "runoff") == "a" * 24 + "-runoff"


def test_slots_at_the_end():
    assert Taken(frozenset(), frozenset({0, 2})).new_slot() == 1
    assert Taken(frozenset(), frozenset(range(MAX_SLOTS - 1))).new_slot() == MAX_SLOTS - 1
    full = Taken(frozenset(), frozenset(range(MAX_SLOTS)))
    assert full.new_slot() is None
    assert draft(taken=full) is again(CONTEST, full, ENDING) is None


def test_what_is_given_out_is_taken():
    taken = Taken.by([CONTEST])

    assert taken.also(draft()) == Taken(frozenset({"committee", "committee-runoff"}), frozenset({0, 1}))
    assert taken.also(None) == taken


def test_titles_that_are_as_long_as_allowed():
    long = replace(CONTEST, title=Title(en="", zh="选" * MAX_TEXT))

    assert draft(long).title == Title(en="", zh="选" * (MAX_TEXT - 6) + "（再次投票）")
    both = replace(CONTEST, title=Title(en="C" * MAX_TEXT, zh="选"))
    assert draft(both).title == Title(en="C" * (MAX_TEXT - 10) + " (run-off)", zh="选（再次投票）")


def test_everything_else_is_as_before():
    made = draft()

    same = ("kind", "body", "purpose", "marks", "blank", "rules", "classes", "cells", "minimum", "waiver", "capture")
    assert all(getattr(made, name) == getattr(CONTEST, name) for name in same)
    assert (made.follows, made.order, made.limits[0].count) == ("committee", ("r2", "r1"), 1)


def test_held_again_only_names_differ():
    made = again(CONTEST, Taken.by([CONTEST]), Ending("again", "（重新投票）", " (held again)"))
    changed = {key for key, value in made.to_json().items() if value != CONTEST.to_json()[key]}

    assert changed == {"id", "slot", "title", "follows"}

from kiosk.drafts import complete, draft, sign
from tally.entries.contests import ContestPaused
from tally.replay import replay
from tests.api.world import TIME, voting_world


def test_a_draft_that_everybody_signs_is_an_entry() -> None:
    world, _ = voting_world()
    first, second = world.officials
    drafted = draft(world.state, ContestPaused("report"), first.public, TIME)
    raw = complete(drafted, (first, second))
    assert not replay(world.state, raw).contest("report").closing
    assert drafted.assemble({first.public: sign(drafted, first), second.public: sign(drafted, second)}) == raw

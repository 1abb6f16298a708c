from hypothesis import given
from hypothesis import strategies as st

from tally.roll.events import EVENTS
from tally.roll.history import History, read_history
from tally.roll.person import Roll
from tally.roll.standing import StatusWord
from tally.roll.summary import summarise
from tally.rules.loader import load_rule_set
from tests.tally.roll.changes import make_change
from tests.tally.roll.people import make_person
from voting_core.errors import InputError


def test_numbers_by_delegation_in_the_order_of_the_roll() -> None:
    roll = Roll((
        make_person("1", 代表团="乙团", 团长="是"),
        make_person("2", "请假", 代表团="甲团"),
        make_person("3", "暂停", 代表团="乙团"),
        make_person("4"),
    ))  # fmt: skip
    summary = summarise(roll)
    assert (summary.on_roll, summary.should_attend, summary.on_leave, summary.present) == (4, 3, 1, 2)
    counts = [
        (one.delegation, one.on_roll, one.should_attend, one.on_leave, one.present) for one in summary.delegations
    ]
    assert counts == [("乙团", 2, 1, 0, 1), ("甲团", 1, 1, 1, 0), ("", 1, 1, 0, 1)]
    assert summary.delegations[0].heads == ("人1",)


def test_who_is_outside_and_why() -> None:
    change = make_change("2", "剥夺政治权利", "2026-03-01", evidence="法〔2026〕3号")
    roll = Roll(
        (make_person("1", "终止"), make_person("2"), make_person("3", "权利暂停"), make_person("4", "增补待确认")),
        day="2026-01-01",
        history=History((change,)),
    )
    first, added, rights = (summarise(roll).outside[at] for at in (0, 2, 1))
    assert (first.number, first.word, first.event, first.since) == ("1", "终止", "", "")
    assert "25" in first.article.zh
    assert "增补" in added.word
    assert "年会确认" in added.article.zh
    assert "第5条" in rights.article.zh
    (later,) = summarise(roll.on("2026-03-01")).outside
    assert (later.number, later.event, later.since, later.evidence) == (
        "2",
        "剥夺政治权利",
        "2026-03-01",
        "法〔2026〕3号",
    )
    assert "第6条" in later.article.zh


def test_who_has_no_vote_is_outside_by_capacity() -> None:
    roll = Roll((make_person("1", capacity="委员"), make_person("2", "请假", capacity="候补委员", votes=False)))
    summary = summarise(roll)
    assert [(one.number, one.word) for one in summary.outside] == [("2", "候补委员")]
    assert "委员有表决权" in summary.outside[0].article.zh
    assert summary.on_leave == 0


def roll_of(count: int) -> Roll:
    return Roll(tuple(make_person(str(number)) for number in range(count)))


def test_what_rule_sets_ask_for() -> None:
    summary = summarise(roll_of(296))
    election = summary.needed(load_rule_set("election_local_2020"))
    assert (election.quorum, election.votes) == (149, 149)
    ticket = summarise(roll_of(33)).needed(load_rule_set("ticket_2004"))
    assert (ticket.quorum, ticket.votes) == (22, 17)
    trust = summary.needed(load_rule_set("trust_default"))
    assert (trust.quorum, trust.votes) == (149, None)
    assert trust.to_json() == {"rule_set": "trust_default", "quorum_needed": 149}


def test_votes_counted_on_those_present_are_of_those_expected() -> None:
    roll = Roll((*roll_of(9).people, make_person("x", "请假")))
    assert summarise(roll).needed(load_rule_set("election_grassroots_1990")).votes == 5


def test_what_must_still_be_filed() -> None:
    change = make_change("1", "调离本县", "2026-03-01", id="c7")
    roll = Roll((make_person("1"),), day="2026-01-01", history=History((change,)))
    assert summarise(roll).not_filed == ("c7",)


def test_the_summary_for_programs() -> None:
    value = summarise(Roll((make_person("1"), make_person("2", "罢免")), day="2026-03-01")).to_json(
        [load_rule_set("resolution_default")]
    )
    assert value["should_attend"] == 1
    assert value["needed"] == [{"rule_set": "resolution_default", "quorum_needed": 1, "votes_needed": 1}]
    assert value["outside"][0]["status"] == "罢免"  # type: ignore[index,call-overload]
    assert value["delegations"][0]["on_roll"] == 2  # type: ignore[index,call-overload]


@given(
    st.lists(st.sampled_from(StatusWord), max_size=30),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(list(EVENTS))), max_size=20),
)
def test_the_base_and_those_outside_are_all(words: list[StatusWord], events: list[tuple[int, str]]) -> None:
    history = History()
    for month, (number, event) in enumerate(events, 1):
        try:
            history = history.record(make_change(str(number), event, f"2026-01-{month:02}"))
        except InputError:
            continue
    people = tuple(make_person(str(at), word, votes=at % 5 != 4, capacity="x") for at, word in enumerate(words))
    roll = Roll(people, day="2025-01-01", history=read_history(history.changes)[0])
    for day in ("2025-01-01", "2026-01-07", "2026-02-01"):
        summary = summarise(roll.on(day))
        assert summary.should_attend + len(summary.outside) == summary.on_roll == len(words)
        assert summary.present + summary.on_leave == summary.should_attend
        assert sum(one.should_attend for one in summary.delegations) == summary.should_attend

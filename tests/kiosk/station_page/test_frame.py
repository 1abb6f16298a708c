from ballots.screen.words import Language
from kiosk.station_page.frame import frame_of
from kiosk.station_page.snapshot import Snapshot
from tests.api.world import World, voting_world


def test_the_frame_names_session_person_and_places() -> None:
    world, contest = voting_world()
    snapshot = Snapshot(state=world.state, index=2, name="唐丽华")
    frame = frame_of(snapshot, f"/contests/{contest.id}/compare", Language.ZH, "secret", is_open=True)
    assert (frame.session, frame.person, frame.rehearsal, frame.csrf) == ("第一次会议", "2 唐丽华", False, "secret")
    assert [link.address for link in frame.links if link.current] == [f"/contests/{contest.id}"]
    assert frame.language_address == f"/language/en?to=/contests/{contest.id}/compare"


def test_a_rehearsal_is_marked_and_nothing_is_offered_before_the_passphrase() -> None:
    world, _ = voting_world()
    simulated = World(world.log_key, world.service_key, simulated=True)
    simulated.create()
    frame = frame_of(Snapshot(state=simulated.state), "/", Language.EN, "", is_open=False)
    assert frame.rehearsal
    assert (frame.links, frame.person) == ((), "")
    assert [link.current for link in frame_of(Snapshot(), "/", Language.ZH, "", is_open=True).links][:2] == [
        True,
        False,
    ]

from api.accounts.roles import Role
from api.pages.navigation import PLACES, is_at, places_of, start_of
from tests.api.hall import Hall
from tests.api.people import person


def test_every_person_starts_somewhere_and_every_link_leads_to_a_page(empty_hall: Hall) -> None:
    for role in Role:
        someone = person(empty_hall, role)
        for place in places_of(role):
            assert someone.get(place.address).status_code == 200, (role, place.address)
        assert someone.get(start_of(role)).status_code in (200, 303)


def test_places_have_both_languages_and_one_address_each() -> None:
    assert len({place.address for place in PLACES}) == len(PLACES)
    assert all(place.said.zh and place.said.en and place.roles for place in PLACES)


def test_a_contest_belongs_to_the_session() -> None:
    for path, address in (
        ("/contests/trust", "/session"),
        ("/setup/contests/trust", "/setup"),
        ("/hall/control", "/hall/control"),
    ):
        at = [place.address for place in places_of(Role.OFFICIAL) if is_at(place, path)]
        assert at == [address]

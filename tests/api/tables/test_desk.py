from api.tables import desk
from tests.api.tables.columns import columns_of


def test_no_table_of_people_has_a_time_or_a_ballot() -> None:
    assert columns_of(desk.PersonRow) == ("id", "name", "delegation", "should_attend", "on_leave", "category")
    assert columns_of(desk.CheckinRow) == (
        "delegate",
        "present",
        "departed",
        "on_leave",
        "late",
        "card_drawn",
        "cards_back",
    )

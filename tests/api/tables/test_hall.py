from api.tables.hall import HallScreenRow


def test_what_the_screens_show_names_no_person_and_no_ballot() -> None:
    columns = set(HallScreenRow.model_fields)
    assert columns == {"id", "scene", "contest", "page", "turning", "theme", "changes"}

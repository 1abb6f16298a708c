from api.schemas import answers


def test_no_answer_about_people_mentions_ballots_or_the_other_way_round() -> None:
    desk = set(answers.AttendanceTotals.model_fields)
    ballots = set(answers.BallotStatus.model_fields) | set(answers.CredentialStatus.model_fields)
    assert desk & ballots == set()
    assert desk == {"should_attend", "on_leave", "present", "cards_drawn"}

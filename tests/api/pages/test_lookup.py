"""Looking up a code on paper at the running server, by a form that works without script."""

import json

from ballots.sealed_ballot import ballot_id, confirmation_code, parse_ballot
from tests.api.hall import Hall


def code_of(raw: bytes) -> str:
    return confirmation_code(ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])))


def ask(hall: Hall, code: str, **headers: str) -> tuple[int, str]:
    answer = hall.client.post("/lookup", data={"code": code}, headers=headers)
    return answer.status_code, answer.text


def test_the_form_needs_no_script_and_keeps_the_code_out_of_addresses(hall: Hall) -> None:
    text = hall.client.get("/lookup").text
    assert '<form class="card" method="post" action="/lookup">' in text
    assert "公示：查确认码" not in text


def test_a_waiting_ballot_is_said_to_wait_and_one_in_the_log_has_its_proof(hall: Hall) -> None:
    code = code_of(hall.cast(0))
    status, text = ask(hall, code)
    assert status == 200
    assert "正在等候" in text
    assert "data-proof" not in text
    for card in range(1, 8):
        hall.cast(card)
    hall.settle()
    status, text = ask(hall, code.lower().replace("-", " "))
    assert status == 200
    assert "这张选票在日志里" in text
    assert hall.service.sequencer.view.log.root.hex() in text
    assert "data-proof" in text


def test_unknown_and_unreadable_codes_are_told_apart(hall: Hall) -> None:
    status, text = ask(hall, "0123-4567-89AB-CDEF-GHJK")
    assert status == 200
    assert "没有这个确认码的选票" in text
    status, text = ask(hall, "秘密不写")
    assert status == 422
    assert "这不是确认码" in text
    assert "秘密不写" not in text


def test_a_page_of_another_site_cannot_ask(hall: Hall) -> None:
    assert ask(hall, "0123-4567-89AB-CDEF-GHJK", **{"Sec-Fetch-Site": "cross-site"})[0] == 403

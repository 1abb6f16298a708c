from api.openapi import examples
from ballots.authority_fingerprint import read_authority_fingerprint
from ballots.qr.enrolment import decode_enrolment, typed_enrolment_code


def test_the_example_of_a_code_is_a_code() -> None:
    code = decode_enrolment(examples.ISSUED_CODE["digits"])  # type: ignore[arg-type]
    assert typed_enrolment_code(code.code).reveal() == examples.ISSUED_CODE["code"]
    assert code.url == examples.ISSUED_CODE["address"]
    assert read_authority_fingerprint(str(examples.ISSUED_CODE["authority"])) == code.authority

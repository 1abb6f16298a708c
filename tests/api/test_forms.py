import pytest
from fastapi import Request

from api.errors import SaidError, TooLargeError
from api.forms import MAX_FIELDS, Form, read_form
from tests.support.coroutines import run


def form_of(body: bytes, kind: str, limit: int = 10_000) -> Form:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return run(read_form(Request(scope, receive), limit))


PLAIN = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=xx"
TABLE = (
    b'--xx\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nabc\r\n'
    b'--xx\r\nContent-Disposition: form-data; name="table"; filename="\xe5\x90\x8d\xe5\x8d\x95.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\n\xef\xbb\xbf1,2\r\n\r\n--xx--\r\n"
)


def test_fields_are_read() -> None:
    form = form_of("a= 1 &b=甲&b=乙&p=+x+".encode(), PLAIN)
    assert (form.text("a"), form.every("b"), form.text("b"), form.text("none")) == ("1", ("甲", "乙"), "乙", "")
    assert form.secret("p").reveal() == " x "
    assert "甲" not in repr(form)


def test_a_file_is_read_in_memory() -> None:
    form = form_of(TABLE, PARTS)
    found = form.file("table")
    assert found is not None
    assert (found.name, found.content) == ("名单.csv", b"\xef\xbb\xbf1,2\r\n")
    assert form.text("csrf") == "abc"
    assert form.file("none") is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"\xff=1", PLAIN),
        ("&".join(f"a{n}=1" for n in range(MAX_FIELDS + 1)).encode(), PLAIN),
        (b"--yy\r\nnonsense", PARTS),
        (b"a=1", "multipart/form-data"),
        (b"", ""),
    ],
)
def test_what_is_no_form_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(SaidError, match="cannot be read"):
        form_of(body, kind, 100_000)


def test_a_form_has_its_size() -> None:
    with pytest.raises(TooLargeError):
        form_of(b"a=" + b"x" * 20_000, PLAIN)


def test_a_form_has_no_more_files_than_fields() -> None:
    part = b'--xx\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\r\n'
    with pytest.raises(SaidError):
        form_of(part * (MAX_FIELDS + 1) + b"--xx--\r\n", PARTS, 1_000_000)

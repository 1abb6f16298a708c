import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from kiosk.scan.findings import Report
from kiosk.scan_page import desk as module
from kiosk.scan_page.desk import SHOWN_WIDTH, Desk
from tally.audit.papers import Problem
from tests.kiosk.scan.papers import digits, picture, png
from tests.kiosk.scan_page.scan_desk import WAIVED, desk_in
from voting_core.errors import FatalError, InputError, PlenumError, VerificationError


def paper(mark: int, serial: str = "") -> bytes:
    return png(picture(digits(WAIVED.contest, (mark,), serial)))


def test_each_page_is_beside_its_words(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    looked = desk.look([("a.png", paper(0)), ("b.png", paper(0)), ("c.png", png(Image.new("L", (2000, 100), 255)))])
    assert [page.name for page in looked.pages] == ["a.png · 1", "b.png · 1", "c.png · 1"]
    assert [page.found.problem for page in looked.pages] == [None, Problem.DUPLICATE, Problem.UNREADABLE]
    assert looked.pages[0].said.zh == "已计入"
    assert looked.pages[1].said == Problem.DUPLICATE.said
    assert [line.count for line in looked.pages[0].lines] == [1, 0, 0]
    shown = Image.open(io.BytesIO(base64.b64decode(looked.pages[2].picture.partition(",")[2])))
    assert shown.size == (SHOWN_WIDTH, SHOWN_WIDTH * 100 // 2000)
    assert looked.counted == 1


def test_a_file_that_is_no_picture_keeps_the_others_from_nothing(tmp_path: Path) -> None:
    looked = desk_in(tmp_path).look([("x.txt", b"text"), ("a.png", paper(1))])
    assert [name for name, _ in looked.unread] == ["x.txt"]
    assert looked.counted == 1


def test_of_many_counted_pages_the_first_are_shown_and_of_others_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SHOWN", 2)
    files = [(f"{number}", paper(0, serial=str(number))) for number in range(4)]
    looked = desk_in(tmp_path).look([*files, ("again", files[0][1])])
    assert [page.name for page in looked.pages] == ["0 · 1", "1 · 1", "again · 1"]
    assert looked.counted == 4


@pytest.mark.parametrize(
    "error", [InputError("--box", "is not named", "Name it"), VerificationError("V11.D", "too many")]
)
def test_what_hinders_the_result_is_said_in_its_place(tmp_path: Path, error: PlenumError) -> None:
    def fail() -> Report:
        raise error

    told = Desk(desk_in(tmp_path).scanner, fail).report()
    assert not told.ok
    assert "还不能得出" in told.said.zh


def test_a_disk_that_fails_stops_the_station(tmp_path: Path) -> None:
    def fail() -> Report:
        raise FatalError("full")

    with pytest.raises(FatalError):
        Desk(desk_in(tmp_path).scanner, fail).report()

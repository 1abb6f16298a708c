"""Cards before a camera: held well, tilted, out of focus, two at once; and a covered camera."""

import pytest

from ballots.card import new_card_secret
from ballots.qr.credential import encode_credential
from kiosk.booth_machine.events import CardShown, NotACard
from kiosk.kiosk_page import frames
from kiosk.kiosk_page.frames import can_read, look
from tests.kiosk.kiosk_page.pictures import SIZE, frame_of
from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError

CODE, OTHER = (
    encode_credential(new_card_secret(SeededRng(name)), SeededRng("session").bytes(32)).reveal()
    for name in ("one", "other")
)


@pytest.mark.parametrize("tilt", [0.0, 8.0, -33.0, 90.0, 180.0])
@pytest.mark.parametrize("blur", [0.0, 1.5])
def test_a_card_is_read_however_it_is_held(tilt: float, blur: float) -> None:
    seen = look(*SIZE, frame_of(CODE, tilt=tilt, blur=blur))
    assert isinstance(seen.act, CardShown)
    assert seen.act.code.reveal() == CODE


def test_two_cards_are_neither() -> None:
    assert isinstance(look(*SIZE, frame_of(CODE, OTHER)).act, NotACard)
    assert isinstance(look(*SIZE, frame_of(CODE, CODE)).act, CardShown)


def test_an_empty_picture_is_nothing_and_a_dark_one_a_covered_camera() -> None:
    assert look(*SIZE, frame_of()).act is None
    assert not look(*SIZE, frame_of()).dark
    assert look(*SIZE, bytes([8]) * (SIZE[0] * SIZE[1])).dark


def test_too_much_blur_is_nothing_rather_than_wrong() -> None:
    assert look(*SIZE, frame_of(CODE, blur=9.0)).act is None


@pytest.mark.parametrize(("width", "height", "count"), [(640, 480, 5), (0, 480, 0), (5000, 1, 5000)])
def test_what_is_no_picture_is_refused(width: int, height: int, count: int) -> None:
    with pytest.raises(EncodingError, match="no picture"):
        look(width, height, bytes(count))


def test_without_the_reader_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_read()
    monkeypatch.setattr(frames, "_reader", lambda: None)
    assert not can_read()
    assert look(*SIZE, frame_of(CODE)).act is None

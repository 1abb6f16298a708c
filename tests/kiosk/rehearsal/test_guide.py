"""What a rehearsal tells."""

from pathlib import Path

from kiosk.rehearsal.guide import Numbers, guide, kiosk_line
from kiosk.rehearsal.people import PARTS, PASSWORD
from tests.kiosk.rehearsal.test_hall import rehearsal


def test_every_account_page_and_step_is_told(tmp_path: Path) -> None:
    hall, _ = rehearsal(tmp_path, [])
    (hall.folder / "scrutineer-1").mkdir(parents=True)
    (hall.folder / "scrutineer-1" / "page.link").write_text("http://127.0.0.1:9011/open?token=x\n")
    text = guide(hall, Numbers(9, 8))
    assert PASSWORD in text
    for part in PARTS:
        assert part.address(9000) in text
        assert part.duty.zh in text
        assert part.duty.en in text
    assert "http://127.0.0.1:9011/open?token=x" in text
    assert "密钥生成之后出现" in text
    assert "应到 9、实到 8、领卡 8、查验卡 1" in text
    assert text.index(" 1. ") < text.index(" 2. ") < text.index("11. ")


def test_of_a_large_roll_only_those_who_rehearse_are_declared() -> None:
    assert "演练的人数" in Numbers(310, 300).zh
    assert "those who rehearse" in Numbers(310, 300).en
    assert (Numbers(310, 300).cards, Numbers(310, 300).cards_en) == ("每人一张", "one for each of you")


def test_the_kiosk_is_told_with_its_link(tmp_path: Path) -> None:
    hall, _ = rehearsal(tmp_path, [])
    (hall.folder / "kiosk").mkdir(parents=True)
    (hall.folder / "kiosk" / "1.link").write_text("http://127.0.0.1:9030/open?token=k\n")
    assert kiosk_line(hall.kiosk()) == "表决终端 kiosk: http://127.0.0.1:9030/open?token=k"

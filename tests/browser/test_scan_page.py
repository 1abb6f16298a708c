"""The scanning station in a real browser: papers counted, one copied, one forged, and what they amount to."""

import contextlib
import dataclasses
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import FilePayload, expect

from ballots.contest import Row
from ballots.paper.record_sheet import SheetTexts, record_sheet
from ballots.qr.paper import sign_paper
from kiosk.local_page.door import Door
from kiosk.local_page.serving import listen, serving
from kiosk.paper.record import texts_of
from kiosk.scan.findings import all_papers
from kiosk.scan.memory import Memory
from kiosk.scan.station import Scanner
from kiosk.scan_page.app import create_scan_page
from kiosk.scan_page.desk import Desk
from tally.audit.papers import Urn
from tests.browser.site import LAPTOP, PROBLEMS, take
from tests.kiosk.scan.papers import box, contest, state
from tests.support.builders import small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey


def test_papers_are_read_beside_their_words(chromium: Chromium, tmp_path: Path) -> None:
    rng, names = SeededRng("scan page"), ("李红香", "王桂敏", "杨光", "曹娟婷", "欧阳志远", "萧涛文", "阿依古丽·买买提")
    drawn = small_contest(24, id="waived", at_most={"approve": 20}, blank="abstain")
    rows = tuple(Row(row.id, names[number % len(names)]) for number, row in enumerate(drawn.rows))
    committee = dataclasses.replace(drawn, rows=rows, order=tuple(row.id for row in rows))
    texts: SheetTexts = texts_of(state())

    def sheet(key: SigningKey) -> bytes:
        marks = tuple(0 if number < 17 else 1 + number % 2 for number in range(24))
        record = sign_paper(state().session_id, committee.hash, 3, marks, rng.bytes(16), key)
        return record_sheet(committee, record, texts).reveal()

    urn = Urn(state().session_id, committee, box().public)
    memory = Memory.open(tmp_path / "m", urn, rng)
    desk = Desk(Scanner(urn, memory), lambda: all_papers(committee, memory.totals, None))
    good, forged = sheet(box()), sheet(SigningKey.generate(rng))
    assert contest("waived").cast == 6
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(contextlib.closing(listen(0)))
        door = Door(listener.getsockname()[1])
        stack.enter_context(serving(create_scan_page(desk, state(), door), listener, "scan"))
        page = chromium.new_context(viewport=LAPTOP, locale="zh-CN").new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: PROBLEMS.append(f"script error: {error}"))
        page.on("console", lambda said: PROBLEMS.append(said.text) if said.type == "error" else None)
        page.goto(door.new_link())
        expect(page.get_by_role("heading", level=1)).to_contain_text("扫描点票")
        files = [
            FilePayload(name=name, mimeType="application/pdf", buffer=content)
            for name, content in (("0001.pdf", good), ("0002.pdf", good), ("0003.pdf", forged))
        ]
        page.get_by_label("选择图片或 PDF，可选多个").set_input_files(files)
        page.get_by_role("button", name="读取").click()
        first, copy, wrong = page.locator("article").all()
        expect(first).to_contain_text("17 杨光")
        expect(copy.get_by_role("alert")).to_contain_text("这一张已经计过")
        expect(wrong.get_by_role("alert")).to_contain_text("签名不对")
        expect(page.locator(".figures")).to_contain_text("1")
        take(page, "scan-papers")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Counting papers")
        take(page, "scan-start-en")

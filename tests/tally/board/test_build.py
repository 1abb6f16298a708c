"""Whole folders: what is in them, what is not, and that they can be carried anywhere."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest

from tally.audit.assertions import Assertion
from tally.audit.bravo import Poll
from tally.audit.plan import Plan, Sample
from tally.board.audience import Audience
from tally.board.build import board
from tally.report.facts import day_words
from tally.report.model import Document
from tally.report.render_json import document_json
from tally.report.sample import Drawn, sample_document
from tests.tally.board.sample import published_to, source, with_rules


@cache
def files() -> dict[str, bytes]:
    return board(source())


def pages(folder: str) -> Iterator[tuple[str, str]]:
    for path, content in files().items():
        if path.startswith(f"{folder}/") and path.endswith(".html"):
            yield path, content.decode("utf-8")


class Links(HTMLParser):
    """The addresses and the ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.addresses.append(value)
            if name == "id" and value:
                self.ids.add(value)


def test_every_link_leads_to_a_file_of_the_same_folder() -> None:
    for path, text in ((p, t) for folder in Audience for p, t in pages(folder.value)):
        root = "/".join(path.split("/")[: 3 if path.startswith("person/") else 1])
        for address in Links(text).addresses:
            assert not re.match(r"[a-z]+:|/", address), (path, address)
            target, _, anchor = address.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert found in files(), (path, address)
            assert found.startswith(f"{root}/"), (path, address)
            if anchor:
                assert anchor in Links(files()[found].decode("utf-8")).ids, (path, address)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert board(source(), (Audience.PUBLIC,)) == {
        path: content for path, content in files().items() if path.startswith("public/")
    }


def test_the_record_is_carried_byte_for_byte_to_those_who_may_have_it() -> None:
    carried = {path.split("/")[0]: content for path, content in files().items() if path.endswith("record.zip")}
    assert carried == {"restricted": source().record}
    opened = board(replace(source(), open_record=True), (Audience.PUBLIC,))
    assert [content for path, content in opened.items() if path.endswith("record.zip")] == [source().record]


def test_the_start_page_names_fingerprint_root_and_what_is_kept_back() -> None:
    text = dict(pages("public"))["public/index.html"]
    assert source().state.root.hex() in text
    assert "信任度测评" in text
    assert "演练" in text
    assert day_words(source().day) in text
    hidden = replace(source(), state=published_to(source().state, "restricted", "motion"))
    start = board(hidden, (Audience.PUBLIC,))["public/index.html"].decode()
    assert "按规定不在此公布" in start
    assert "表决1" in start
    assert "未通过" not in start


def test_every_code_is_in_its_list_and_every_entry_in_the_log() -> None:
    texts = dict(pages("public"))
    log = "".join(text for path, text in texts.items() if re.fullmatch(r"public/log/\d+\.html", path))
    assert re.findall(r'<tr id="e(\d+)"', log) == [str(number) for number in range(source().state.size)]
    codes = re.findall(r'<article class="card ballot" id="([0-9A-Z-]{24})"', "".join(texts.values()))
    assert len(set(codes)) == len(source().state.ballots)


def test_the_page_for_checking_works_out_one_ballot_by_hand() -> None:
    text = dict(pages("restricted"))["restricted/check.html"]
    assert source().state.root.hex() in text
    found = re.search(r"log/(\d{8})\.jsonl \| sed -n &#39;(\d+)p&#39;", text)
    assert found is not None
    with ZipFile(BytesIO(source().record)) as record:
        line = record.read(f"log/{found[1]}.jsonl").splitlines()[int(found[2]) - 1]
    index = int(found[1]) + int(found[2]) - 1
    assert line == source().entries[index].raw
    assert source().entries[index].leaf.hex() in text


def test_a_person_has_a_folder_with_the_own_result_alone() -> None:
    folders = {"/".join(path.split("/")[:3]) for path in files() if path.startswith("person/")}
    assert folders == {"person/trust/1", "person/trust/2", "person/trust/3"}
    for path, content in files().items():
        if path.startswith("person/trust/2/") and path.endswith((".html", ".csv", ".json")):
            assert "王海" not in content.decode("utf-8"), path
            assert "杨光" not in content.decode("utf-8"), path
    assert "李娟" in files()["person/trust/2/index.html"].decode("utf-8")


def test_rows_with_strange_ids_have_folders_with_plain_names() -> None:
    made = board(source(), (Audience.PERSON,))
    assert all(re.fullmatch(r"person/[a-z0-9-]+/[A-Za-z0-9_-]+/.+", path) for path in made)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.DELEGATES])
def test_numbers_that_an_audience_may_not_know_are_in_no_file(audience: Audience) -> None:
    """Canary: the counts and rates of the evaluation, in whatever form."""
    state = with_rules(source().state, "trust_default", scopes=[])
    made = board(replace(source(), state=state), (audience,))
    for path, content in made.items():
        if path.endswith((".html", ".csv", ".json")):
            assert not re.search(r"\d\.\d\d%", content.decode("utf-8")), path
    assert not any("trust" in path for path in made)


def test_a_log_without_ballots_has_a_board_too() -> None:
    small = replace(source(), entries=source().entries[:4], checkpoints=())
    made = board(small, (Audience.PUBLIC,))
    assert "还没有选票" in made["public/check.html"].decode()
    assert "没有检查点" in made["public/checkpoints/index.html"].decode()


def sampled(contest: str) -> Document:
    """The report of a sample of one of the contests, as if it had papers enough."""
    state = source().state
    poll = Poll(Fraction(1, 2), Fraction(3, 5))
    plan = Plan(6_000, Fraction(1, 20), (Assertion(0, True, -1, poll),), 30)
    return sample_document(state, contest, plan, Sample(40, ((40, 0),)), Drawn("1" * 20, (6_000,)))


def test_a_sample_of_the_papers_goes_to_those_who_may_see_numbers() -> None:
    told = replace(source(), samples=(sampled("motion"), sampled("election")))
    made = board(told, (Audience.PUBLIC, Audience.RESTRICTED))
    for folder, contest, is_there in (
        ("public", "motion", True),
        ("public", "election", False),
        ("restricted", "motion", True),
        ("restricted", "election", True),
    ):
        page = made[f"{folder}/results/{contest}.html"].decode()
        assert ("抽查已在风险限度内确认结果" in page) is is_there, (folder, contest)
        name = f"{sampled(contest).file_name}.json"
        carried = [content for path, content in made.items() if path.startswith(f"{folder}/files/") and name in path]
        assert carried == ([document_json(sampled(contest))] if is_there else []), (folder, contest)
        assert (name in page) is is_there
    assert all("抽查已" not in text for _, text in pages("person"))

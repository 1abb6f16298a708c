from dataclasses import replace

import pytest

from ballots.screen.words import Said
from tally.board.audience import Audience, shown_to
from tally.board.downloads import _ENGLISH, Printer, of_contest, of_session, own_sheet
from tally.board.site import Site
from tally.report.beside import Beside
from tally.report.build import documents
from tally.report.log_summary import count_types
from tally.report.model import Document, DocumentKind
from tests.tally.board.sample import source, with_rules


def made() -> tuple[Document, ...]:
    types = count_types(entry.raw for entry in source().entries)
    return documents(source().state, types, Beside(day=source().day))


def kinds(contest: str, audience: Audience) -> set[DocumentKind]:
    state = source().state
    shown = shown_to(state, state.contests[contest], audience, source().day)
    assert shown is not None
    return {document.kind for document in of_contest(made(), shown, audience)}


def test_each_audience_has_the_reports_on_what_it_may_see() -> None:
    assert kinds("motion", Audience.PUBLIC) == {DocumentKind.MOTION}
    assert kinds("election", Audience.PUBLIC) == {DocumentKind.ELECTED}
    assert kinds("election", Audience.RESTRICTED) == {DocumentKind.COUNT, DocumentKind.ELECTED}
    assert kinds("trust", Audience.PUBLIC) == {DocumentKind.EVALUATION_PUBLIC}
    assert kinds("trust", Audience.DELEGATES) == {DocumentKind.EVALUATION_DELEGATES}
    assert DocumentKind.EVALUATION_ROWS in kinds("trust", Audience.RESTRICTED)


def test_a_list_for_the_presidium_alone_is_carried_to_nobody_else() -> None:
    state = with_rules(source().state, "election_local_2020", announce_numbers="full")
    shown = shown_to(state, state.contests["election"], Audience.PUBLIC, source().day)
    assert shown is not None
    marked = [replace(document, mark="只报大会主席团") for document in made()]
    assert {one.kind for one in of_contest(marked, shown, Audience.PUBLIC)} == {DocumentKind.COUNT}


def test_reports_on_the_session_follow_the_record() -> None:
    found = {one.kind for one in of_session(made(), Audience.PUBLIC, record=False)}
    assert found == {DocumentKind.ATTENDANCE}
    assert DocumentKind.LOG in {one.kind for one in of_session(made(), Audience.PUBLIC, record=True)}
    assert DocumentKind.NEXT in {one.kind for one in of_session(made(), Audience.RESTRICTED, record=True)}


def test_a_person_gets_the_own_sheet_alone() -> None:
    (document,) = [one for one in made() if one.kind is DocumentKind.EVALUATION_PERSON]
    own = own_sheet(document, 1)
    assert own.sheets == (document.sheets[1],)
    assert "李娟" in str(own.to_json())
    assert "王海" not in str(own.to_json())


def test_a_document_is_drawn_once_for_all_folders() -> None:
    printer = Printer()
    document = next(one for one in made() if one.kind is DocumentKind.MOTION)
    sites = [Site("测试大会", "", False, Said("公开", "Public"), ()) for _ in range(2)]
    first, second = (list(printer.put(site, document)) for site in sites)
    assert first == second
    assert [one.name.rpartition(".")[2] for one in first] == ["pdf", "xlsx"]
    assert sites[0].files[first[0].path] is sites[1].files[second[0].path]


def test_a_document_that_has_not_changed_is_not_drawn_again_for_the_next_board(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[Document] = []

    def drawing(document: Document) -> bytes:
        drawn.append(document)
        return b"pdf %d" % len(drawn)

    monkeypatch.setattr("tally.board.downloads._pdf", drawing)
    printer, site = Printer(), Site("测试大会", "", False, Said("公开", "Public"), ())
    document = next(one for one in made() if one.kind is DocumentKind.MOTION)
    changed = replace(document, mark="更正")
    first = list(printer.put(site, document))
    printer.next_board()
    assert list(printer.put(site, document)) == first
    assert drawn == [document]
    list(printer.put(site, changed))
    printer.next_board()
    printer.next_board()
    list(printer.put(site, document))
    assert drawn == [document, changed, document]  # what two boards did not need is not kept


def test_a_name_that_no_font_has_leaves_the_pdf_out() -> None:
    document = next(one for one in made() if one.kind is DocumentKind.MOTION)
    rare = replace(document, heading="\U00030edd")
    site = Site("测试大会", "", False, Said("公开", "Public"), ())
    assert [one.name.rpartition(".")[2] for one in Printer().put(site, rare)] == ["xlsx"]


def test_every_kind_of_report_has_its_english_name() -> None:
    assert set(_ENGLISH) == set(DocumentKind)

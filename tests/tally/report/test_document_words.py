"""Every document that is printed can be chosen in both languages."""

from tally.report.document_words import PRINTED
from tally.report.model import DocumentKind


def test_every_document_has_a_name_in_both_languages() -> None:
    assert set(PRINTED) == set(DocumentKind)
    assert all(said.zh == kind.zh for kind, said in PRINTED.items())
    assert all(said.en.isascii() and said.en.endswith("(in Chinese)") for said in PRINTED.values())

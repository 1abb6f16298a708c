"""Hypothesis strategies for contests and for marks within and outside their rules."""

import unicodedata

from hypothesis import strategies as st

from ballots.contest import At, Capture, Cell, Contest, Detail, Kind, Limit, Purpose, Row, RulesRef, Stage, Title
from ballots.contest import make_contest as _make

# Letters of several scripts, some outside the basic plane, and JSON's own special characters.
_ALPHABET = "aZ09 -_\"\\/'<>&é·李王信任𠮷阿"


def texts(least: int = 1, most: int = 12) -> st.SearchStrategy[str]:
    """Text that the format accepts."""
    return st.text(_ALPHABET, min_size=least, max_size=most).map(lambda text: unicodedata.normalize("NFC", text))


@st.composite
def contests(draw: st.DrawFn, rows: int = 5, marks: int = 4) -> Contest:
    """A contest of at most so many rows and marks."""
    kind = draw(st.sampled_from(Kind))
    names = draw(st.lists(texts(), min_size=2, max_size=marks, unique=True))
    ids = draw(st.lists(texts(), min_size=1, max_size=rows, unique=True))
    detail = st.builds(Detail, texts(), texts(least=0))
    used = draw(st.lists(st.tuples(st.sampled_from(At), st.sampled_from(names)), max_size=4, unique=True))
    classes = draw(st.lists(st.from_regex(r"[a-z0-9_]{1,16}", fullmatch=True), min_size=1, max_size=4, unique=True))
    cells = [Cell(name, (name,), later) for name, later in zip(classes, [*classes[1:], ""], strict=True)]
    waiver = draw(st.booleans())
    electing = kind in (Kind.ELECTION, Kind.TICKET_VOTE)
    return _make(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)),
        kind=kind,
        stage=draw(st.sampled_from(tuple(Stage)[1:])) if kind is Kind.ELECTION else Stage.NONE,
        title=draw(st.builds(Title, texts(least=0), texts())),
        slot=draw(st.integers(0, 31)),
        rows=[Row(row_id, draw(texts()), tuple(draw(st.lists(detail, max_size=2)))) for row_id in ids],
        marks=names,
        rules=RulesRef(draw(texts()), draw(st.binary(min_size=32, max_size=32))),
        classes=classes,
        limits=[Limit(at, draw(st.integers(0, len(ids))), mark) for at, mark in used],
        blank=draw(st.sampled_from(["", *names])),
        body=draw(st.sampled_from(["", "committee_member", "alternate_member"])),
        purpose=draw(st.sampled_from(Purpose)) if kind is Kind.TICKET_VOTE else Purpose.NONE,
        seats=draw(st.integers(0, 50)) if electing else 0,
        cells=cells if draw(st.booleans()) else (),
        minimum=draw(st.integers(1 if waiver else 8, 1_000_000)),
        waiver=waiver,
        capture=draw(st.sampled_from(Capture)),
    )


@st.composite
def contests_with_marks(draw: st.DrawFn, rows: int = 4, marks: int = 3) -> tuple[Contest, tuple[int, ...]]:
    """A contest and one mark for each of its rows, within its limits or not."""
    contest = draw(contests(rows, marks))
    choice = st.integers(0, len(contest.marks) - 1)
    return contest, tuple(draw(choice) for _ in contest.rows)

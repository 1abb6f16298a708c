"""Figures of printing: the count report of an election with 100 rows, and 400 credential cards, each as PDF."""

import time
from collections.abc import Callable
from datetime import date
from hashlib import sha256

from ballots.card import new_card_secret
from ballots.contest import Contest, parse_contest
from ballots.paper.cards import CardTexts, card_sheets
from tally.cli.bench.figure import Figure, at_most
from tally.cli.bench.sixty import RNG, SEATS, SESSION, sixty_rows
from tally.decide import Attendance, decide
from tally.plan.contests import rules_ref
from tally.report.build import contest_documents
from tally.report.code import report_code
from tally.report.facts import SessionFacts, facts_of
from tally.report.model import Document, Provenance
from tally.report.render_pdf import document_pdf
from tally.rules.loader import load_rule_set
from voting_core.codec import JsonValue

ROWS = 100
VALID = 300
REPORT_SECONDS = 1
CARDS = 400
CARDS_SECONDS = 5
NOTE = "processor time"
RULES = "election_local_2020"
TITLE = "中国共产党青岚县第十四届代表大会第三次会议"
DAY = "2026-12-08"


def hundred_rows() -> Contest:
    """The measured election with 100 candidates."""
    rules = load_rule_set(RULES)
    rows: list[JsonValue] = [{"details": [], "id": f"{row:04d}", "name": f"候选人{row:03d}"} for row in range(ROWS)]
    order: list[JsonValue] = [f"{row:04d}" for row in range(ROWS)]
    return parse_contest({**sixty_rows(rules_ref(rules).hash).to_json(), "rows": rows, "order": order})


def count_report() -> Document:
    """The count report of that election."""
    contest, rules = hundred_rows(), load_rule_set(RULES)
    attendance = Attendance(VALID, VALID, VALID, VALID)
    approvals = [VALID - 2 * number if number < SEATS - 1 else 10 for number in range(ROWS)]
    counts = tuple((approve, VALID - approve, 0) for approve in approvals)
    facts = facts_of(contest, attendance, counts, decide(contest, attendance, counts, rules), rules)
    session, root = SESSION.hex(), sha256(SESSION).hexdigest()
    origin = Provenance(
        session=session,
        fingerprint="",
        contest=contest.id,
        digest=root,
        size=1,
        root=root,
        closed=True,
        code=report_code(session, contest.id, root, 1, root),
    )
    return contest_documents(facts, SessionFacts(TITLE, "", DAY, True), origin)[0]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def paper() -> list[Figure]:
    """Seconds of processor time for each, the fonts read for the first time included."""
    secrets = [new_card_secret(RNG) for _ in range(CARDS)]
    texts = CardTexts(title=TITLE, label="代表", day=date.fromisoformat(DAY), simulated=True)
    report = _seconds(lambda: document_pdf(count_report()))
    cards = _seconds(lambda: card_sheets(secrets, SESSION, texts))
    return [
        at_most("print_count_report_100_rows", report, "s", REPORT_SECONDS, NOTE),
        at_most("print_400_cards", cards, "s", CARDS_SECONDS, NOTE),
    ]

"""What a verification found: findings, the checks with what they examined, and remarks (SPEC §11).

A report is not a yes or no. A record is accepted when there is no finding; whether the reader also knows *which*
session it is depends on the fingerprint, and the report says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tally.verify.checks import CHECKS, Check
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import VerificationError
from voting_core.params import SPEC_VERSION

MAX_FINDINGS: Final = 100
"""More findings are counted, not kept: they are consequences of the first, or the record is noise."""

EXIT_ACCEPTED: Final = 0
EXIT_FINDINGS: Final = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that does not hold: its code, what it is about, why, and who or what is to blame."""

    code: str
    subject: str
    message: str
    culprits: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """The finding for programs."""
        return {"check": self.code, "culprits": self.culprits, "message": self.message, "subject": self.subject}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check with the number of things it examined and of findings."""

    check: Check
    subjects: int
    findings: int

    def to_json(self) -> JsonObject:
        """The result for programs."""
        return {
            "check": self.check.code,
            "findings": self.findings,
            "section": self.check.section,
            "subjects": self.subjects,
            "title": {"en": self.check.en, "zh": self.check.zh},
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """Something true that is no finding, but that a reader must know."""

    id: str
    en: str
    zh: str

    def to_json(self) -> JsonObject:
        """The remark for programs."""
        return {"en": self.en, "id": self.id, "zh": self.zh}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report. `session` and `fingerprint` are as people compare them, empty where the record has none.

    `backend` names the program that computed in the group; everything else is the same with every backend.
    """

    findings: tuple[Finding, ...]
    total_findings: int
    checks: tuple[CheckResult, ...]
    remarks: tuple[Remark, ...]
    session: str
    title: str
    fingerprint: str
    entries: int
    ballots: int
    simulated: bool
    anchored: bool
    sealed: bool
    backend: str

    def require_clean(self) -> None:
        """Accept a record without findings.

        Raises:
            VerificationError: the first finding.
        """
        if self.findings:
            first = self.findings[0]
            raise VerificationError(first.code, f"{first.subject}: {first.message}", first.culprits)

    @property
    def exit_code(self) -> int:
        """What a command that verifies exits with."""
        return EXIT_FINDINGS if self.total_findings else EXIT_ACCEPTED

    def to_json(self) -> JsonObject:
        """The report for programs."""
        findings: list[JsonValue] = [finding.to_json() for finding in self.findings]
        checks: list[JsonValue] = [result.to_json() for result in self.checks]
        remarks: list[JsonValue] = [remark.to_json() for remark in self.remarks]
        return {
            "accepted": self.total_findings == 0,
            "anchored": self.anchored,
            "backend": self.backend,
            "ballots": self.ballots,
            "checks": checks,
            "entries": self.entries,
            "findings": findings,
            "fingerprint": self.fingerprint,
            "remarks": remarks,
            "sealed": self.sealed,
            "session": self.session,
            "simulated": self.simulated,
            "spec": SPEC_VERSION,
            "title": self.title,
            "total_findings": self.total_findings,
        }


class Audit:
    """Collects findings, and counts what was examined, while a record is read."""

    __slots__ = ("_codes", "examined", "findings", "total")

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.examined: Counter[str] = Counter()
        self.total = 0
        self._codes: Counter[str] = Counter()

    def find(self, error: VerificationError, subject: str) -> None:
        """Keep a finding about a subject, or count it when there are too many."""
        self.total += 1
        self._codes[error.code] += 1
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(error.code, subject, error.message, error.culprits))

    def begin_with(self, errors: Sequence[tuple[VerificationError, str]]) -> None:
        """Put findings about subjects before those that are kept."""
        later, self.findings = self.findings, []
        for error, subject in errors:
            self.find(error, subject)
        self.findings = [*self.findings, *later][:MAX_FINDINGS]

    def examine(self, subject: str, count: int = 1) -> None:
        """Count things that were examined: a type of entry, or a constant of :mod:`tally.verify.checks`."""
        self.examined[subject] += count

    def results(self) -> tuple[CheckResult, ...]:
        """Every check of SPEC §11, in its order."""
        return tuple(CheckResult(check, check.subjects(self.examined), self._codes[check.code]) for check in CHECKS)

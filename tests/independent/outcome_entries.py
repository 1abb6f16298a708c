"""The entries of rule sets, attendance, counts by hand, outcomes and reports, SPEC §8.4, §9.7, §9.8, §13."""

from typing import Any

from .canon import canonical, unhex
from .contest import contest_hash
from .errors import require
from .framing import digest
from .outcome import check_fit, decide
from .state import State, Vote


class OutcomeEntries(State):
    """One method for each type of entry: `_` and the type, with `_` for the point."""

    def _rules_adopted(self, entry: Any, _: bytes) -> None:
        body = entry["body"]
        require(body["id"] not in self.rules and body["rules"]["id"] == body["id"], "V4.D", "the id of a rule set")
        self.rules[body["id"]] = body["rules"]

    def _consultation_recorded(self, entry: Any, _: bytes) -> None:
        body = entry["body"]
        require(body["id"] not in self.consulted, "V4.D", "the id of a consultation")
        told = body["agree"] + body["disagree"] + body["no_reply"]
        require(told == body["members"] + body["alternates"], "V11.D", "a consultation that does not add up")
        self.consulted.add(body["id"])

    def check_rules(self, contest: Any) -> None:
        """V6.B."""
        named = contest["rules"]
        require(named["id"] in self.rules, "V6.B", "the rule set is not adopted")
        adopted = digest("RULES", canonical(self.rules[named["id"]]))
        require(unhex(named["hash"]) == adopted, "V6.B", "the hash of the rule set")
        check_fit(contest, self.rules[named["id"]])

    def _attendance_declared(self, entry: Any, _: bytes) -> None:
        body = entry["body"]
        require(body["present"] <= body["should_attend"], "V7.C", "more present than should attend")
        self.vote_of(entry).attendance = body

    def _count_entered(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(not vote.counted, "V10.E", "counted twice")
        vote.sheet, vote.counted, vote.open = entry["body"], True, False
        self._decide(vote)

    def _decide(self, vote: Vote) -> Any:
        declared, sheet, cells = vote.attendance, vote.sheet, vote.counted_cells
        people = {key: declared[key] for key in ("should_attend", "present")}
        if sheet:
            people |= {key: sheet[key] for key in ("issued", "returned", "invalid")}
            totals = sheet["counts"]
        else:
            drawn = sum(item["drawn"] for item in declared["cards"])
            people |= {"issued": drawn, "returned": sum(cell["ballots"] for cell in cells), "invalid": 0}
            cast = {name: number for name, (number, _) in vote.sums.items()}
            people["drawn"] = {item["class"]: item["drawn"] for item in declared["cards"]}
            people["over_issued"] = sum(max(0, cast.get(c["class"], 0) - c["drawn"]) for c in declared["cards"])
            totals = [[sum(column) for column in zip(*rows, strict=True)] for rows in self._rows_of(cells)]
        return decide(vote.contest, people, totals, self.rules[vote.contest["rules"]["id"]], sheet, cells)

    @staticmethod
    def _rows_of(cells: Any) -> list[tuple[Any, ...]]:
        """For each row, its counts in every cell."""
        return list(zip(*(cell["counts"] for cell in cells), strict=True))

    def _outcome_declared(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(vote.counted, "V4.D", "an outcome before the counts")
        stated = entry["body"]["outcome"]
        require(canonical(stated) == canonical(self._decide(vote)), "V11.A", "another outcome")
        vote.outcome = stated

    def _report_signed(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        counted = {"sheet": vote.sheet} if vote.sheet else {"cells": vote.counted_cells}
        people = {key: vote.attendance[key] for key in ("should_attend", "present")}
        report = canonical({**counted, "outcome": vote.outcome, **people})
        wanted = digest("REPORT", contest_hash(vote.contest), report)
        require(unhex(entry["body"]["digest"]) == wanted, "V11.B", "another report")
        vote.signers.add(self.trustee(entry))

    def _result_published(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(bool(vote.outcome) and len(vote.signers) >= self.k, "V11.C", "published too early")

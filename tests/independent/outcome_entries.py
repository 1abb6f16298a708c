"""The entries of rule sets, attendance, counts by hand, outcomes and reports, SPEC §8.4, §9.7, §9.8, §13."""

from typing import Any

from .canon import canonical, unhex
from .contest import contest_hash
from .errors import require
from .framing import digest
from .outcome import check_fit, decide
from .state import State, Vote

REASONS = {"over_selected", "illegible", "blank", "marked", "write_in", "foreign"}
PARTS = (("void_reasons", "reason"), ("write_ins", "name"))


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
        vote, names = self.vote_of(entry), [item["box"] for item in body["boxes"]]
        require(bool(names) == (vote.contest["capture"] == "hand"), "V7.C", "boxes are for paper")
        require(len(set(names)) == len(names) <= 100, "V7.C", "a box twice")
        vote.attendance = body

    def _count_entered(self, entry: Any, _: bytes) -> None:
        vote, body = self.vote_of(entry), entry["body"]
        by_hand, box = vote.contest["capture"] == "hand", body["box"]
        ready = (vote.open or vote.counted) if by_hand else bool(vote.root) and vote.boxes() == ["slips"]
        require(ready and not vote.outcome, "V4.D", "a sheet too early or too late")
        require(box in vote.boxes(), "V11.D", "no such box")
        require(body["sheet"] not in [sheet["sheet"] for sheet in vote.sheets], "V10.E", "the name of a sheet twice")
        before = [sheet["sheet"] for sheet in vote.in_force() if sheet["box"] == box]
        require([body["replaces"]] == (before or [""]), "V10.E", "what the sheet replaces")
        reasons, names = ([item[key] for item in body[part]] for part, key in PARTS)
        require(len(set(reasons)) == len(reasons) and set(reasons) <= REASONS, "V11.D", "reasons")
        require(sum(item["count"] for item in body["void_reasons"]) == body["invalid"], "V11.D", "invalid ballots")
        require(body["invalid"] <= body["returned"], "V11.D", "more invalid than returned")
        require(len(set(names)) == len(names), "V11.D", "a name twice")
        if by_hand:
            issued = {item["box"]: item["issued"] for item in vote.attendance["boxes"]}
            require(body["issued"] == issued[box], "V11.D", "the ballots issued for a box")
            self._decide_sheets(vote, [body])
        else:
            self._slips(vote, body)
        vote.sheets.append(body)
        if not by_hand and vote.counted:
            self._decide(vote)
        self._recount(vote)

    @staticmethod
    def _slips(vote: Vote, body: Any) -> None:
        valid = body["returned"] - body["invalid"]
        require(body["counts"] == body["item_invalid"] == [], "V11.D", "slips have names alone")
        require(body["returned"] <= body["issued"], "V11.D", "more slips than handed out")
        votes = {line["name"]: line["approve"] for line in body["write_ins"]}
        printed = {row["name"] for row in vote.contest["rows"]}
        require(not printed & set(votes) and max(votes.values(), default=0) <= valid, "V11.D", "names on slips")
        require(sum(votes.values()) <= valid * vote.contest["seats"], "V11.D", "too many names on slips")

    def _box_settled(self, entry: Any, _: bytes) -> None:
        vote, body = self.vote_of(entry), entry["body"]
        require(vote.contest["capture"] == "hand" and vote.open, "V4.D", "nothing to settle")
        over = [s["sheet"] for s in vote.in_force() if s["returned"] > s["issued"] and s["box"] == body["box"]]
        require(over == [body["sheet"]], "V4.D", "another sheet is in force, or it is not over its issue")
        require(all(item["sheet"] != body["sheet"] for item in vote.settled), "V4.D", "settled already")
        vote.settled.append(body)
        self._recount(vote)

    def _recount(self, vote: Vote) -> None:
        """Whether the sheets of a contest by hand are complete."""
        if vote.contest["capture"] == "hand":
            sheets = vote.in_force()
            vote.counted = len(sheets) == len(vote.boxes())
            over = [s for s in sheets if s["returned"] > s["issued"] and not vote.decision(s)]
            if vote.counted and over and self._decide(vote)["ballots_in_order"]:
                vote.counted = False
            vote.open = not vote.counted

    def _decide_sheets(self, vote: Vote, sheets: list[Any]) -> Any:
        people = {key: vote.attendance[key] for key in ("should_attend", "present")}
        people |= {key: sum(sheet[key] for sheet in sheets) for key in ("issued", "returned", "invalid")}
        void = [s for s in sheets if vote.decision(s) == "void"]
        people["over_issued"] = sum(max(0, s["returned"] - s["issued"]) for s in void)
        shape = [len(vote.contest["marks"])] * len(vote.contest["rows"])
        for sheet in sheets:
            fits = [len(row) for row in sheet["counts"]] == shape and len(sheet["item_invalid"]) == len(shape)
            require(fits, "V11.D", "the shape of a sheet")
        totals = [[sum(column) for column in zip(*rows, strict=True)] for rows in self._rows_of(sheets)]
        lost = [sum(column) for column in zip(*(sheet["item_invalid"] for sheet in sheets), strict=True)]
        together = {"item_invalid": lost, "write_ins": self._names(sheets)}
        return decide(vote.contest, people, totals, self.rules[vote.contest["rules"]["id"]], together)

    @staticmethod
    def _names(sheets: list[Any]) -> list[Any]:
        votes: dict[str, int] = {}
        for line in (line for sheet in sheets for line in sheet["write_ins"]):
            votes[line["name"]] = votes.get(line["name"], 0) + line["approve"]
        return [{"approve": approve, "name": name} for name, approve in votes.items()]

    def _decide(self, vote: Vote) -> Any:
        declared, sheets, cells = vote.attendance, vote.in_force(), vote.counted_cells
        require(len(sheets) == len(vote.boxes()), "V4.D", "a box or the slips are not counted")
        people = {key: declared[key] for key in ("should_attend", "present")}
        if vote.contest["capture"] == "hand":
            return self._decide_sheets(vote, sheets)
        drawn = sum(item["drawn"] for item in declared["cards"])
        people |= {"issued": drawn, "returned": sum(cell["ballots"] for cell in cells), "invalid": 0}
        cast = {name: number for name, (number, _) in vote.sums.items()}
        people["drawn"] = {item["class"]: item["drawn"] for item in declared["cards"]}
        people["over_issued"] = sum(max(0, cast.get(c["class"], 0) - c["drawn"]) for c in declared["cards"])
        totals = [[sum(column) for column in zip(*rows, strict=True)] for rows in self._rows_of(cells)]
        slips = {"item_invalid": [0] * len(totals), "write_ins": self._names(sheets)}
        return decide(vote.contest, people, totals, self.rules[vote.contest["rules"]["id"]], slips, cells)

    @staticmethod
    def _rows_of(cells: Any) -> list[tuple[Any, ...]]:
        """For each row, its counts in every cell."""
        return list(zip(*(cell["counts"] for cell in cells), strict=True))

    def _outcome_declared(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(vote.counted, "V4.D", "an outcome before the counts")
        stated = entry["body"]["outcome"]
        require(canonical(stated) == canonical(self._decide(vote)), "V11.A", "another outcome")
        vote.outcome, vote.declared_at = stated, len(self.tree.roots)

    def _report_signed(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        counted = {"cells": vote.counted_cells or [], "settled": vote.settled, "sheets": vote.sheets}
        people = {key: vote.attendance[key] for key in ("should_attend", "present")}
        report = canonical({**counted, "outcome": vote.outcome, **people})
        wanted = digest("REPORT", contest_hash(vote.contest), report)
        require(unhex(entry["body"]["digest"]) == wanted, "V11.B", "another report")
        vote.signers.add(self.trustee(entry))

    def _result_published(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(bool(vote.outcome) and len(vote.signers) >= self.k, "V11.C", "published too early")

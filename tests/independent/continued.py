"""Votes that continue another one, and fewer seats, SPEC §8.5 rules 14 and 15."""

from typing import Any

from .errors import require
from .outcome_entries import OutcomeEntries
from .state import Vote

AGAIN = ("stage", "purpose", "seats", "classes", "limits", "order")


def rows_of(contest: Any) -> list[tuple[str, str]]:
    return [(row["id"], row["name"]) for row in contest["rows"]]


class ContinuedVotes(OutcomeEntries):
    def void(self, vote: Vote) -> bool:
        return vote.abandoned or (vote.outcome is not None and vote.outcome["outcome"] != "decided")

    def resultless(self, vote: Vote) -> bool:
        after = [other for other in self.votes.values() if other.contest["follows"] == vote.contest["id"]]
        return self.void(vote) and all(map(self.resultless, after))

    def followers(self, followed: str, stage: str) -> list[Vote]:
        """The contests of a stage that follow another one and are not without result."""
        keys = [(v, v.contest["follows"], v.contest["stage"]) for v in self.votes.values()]
        return [vote for vote, name, own in keys if (name, own) == (followed, stage) and not self.resultless(vote)]

    def check_follows(self, contest: Any) -> None:
        """V6.E."""
        if not contest["follows"]:
            return
        before = self.votes.get(contest["follows"])
        require(before is not None and before.outcome is not None, "V6.E", "no declared contest is followed")
        assert before is not None
        earlier, outcome, stage = before.contest, before.outcome, contest["stage"]
        same = all(contest[key] == earlier[key] for key in ("kind", "body", "rules"))
        require(same, "V6.E", "another kind, body or rule set")
        require(not self.followers(earlier["id"], stage), "V6.E", "a second contest of the stage")
        place = before
        while self.void(place) and place.contest["follows"]:
            beside = self.followers(place.contest["follows"], place.contest["stage"])
            require(all(vote is place for vote in beside), "V6.E", "a contest beside the one that is held again")
            place = self.votes[place.contest["follows"]]
        if outcome["outcome"] != "decided":
            again = all(contest[key] == earlier[key] for key in AGAIN) and rows_of(contest) == rows_of(earlier)
            require(again, "V6.E", "not the same vote again")
            return
        require(contest["kind"] == "election", "V6.E", "nothing follows")
        if stage == "formal":
            require(earlier["stage"] == "preselection", "V6.E", "a formal election follows a pre-selection")
            return
        people = set(rows_of(earlier))
        people |= {("write_in/" + w["name"], w["name"]) for w in self._names(before.in_force())}
        ids, seats = [identity for identity, _ in rows_of(contest)], contest["seats"]
        if stage == "runoff":
            rule = self.rules[earlier["rules"]["id"]]["tie_at_last_seat"]
            require(bool(outcome["runoff_candidates"]) and rule == "runoff_among_tied", "V6.E", "no run-off")
            exact = ids == outcome["runoff_candidates"] == contest["order"]
            require(exact and seats == outcome["runoff_seats"], "V6.E", "not the tied, or not their seats")
        else:
            option = "second_vote_among_unelected" in outcome["next_options"] and not before.reduced
            require(stage == "supplementary" and option, "V6.E", "no further vote")
            require(not set(ids) & set(outcome["elected_by_votes"]), "V6.E", "an elected person stands again")
            require(1 <= seats <= outcome["shortfall"], "V6.E", "more seats than are empty")
        require(set(rows_of(contest)) <= people, "V6.E", "a person who did not stand")
        limit = [{"at": "most", "count": seats, "mark": "approve"}]
        require(contest["limits"] == limit and contest["classes"] == earlier["classes"], "V6.E", "limit or classes")

    def _seats_reduced(self, entry: Any, _: bytes) -> None:
        body, vote = entry["body"], self.vote_of(entry)
        require(vote.outcome is not None and not vote.reduced, "V4.D", "before an outcome, or twice")
        contest, outcome = vote.contest, vote.outcome
        option = contest["kind"] == "election" and "reduce_seats" in outcome["next_options"]
        require(option, "V11.E", "no seat to reduce")
        left = contest["seats"] - outcome["shortfall"]
        require(body["seats"] == left and (left > 0 or contest["stage"] == "supplementary"), "V11.E", "the seats left")
        require(not self.followers(contest["id"], "supplementary"), "V11.E", "a further vote follows")
        needs = self.rules[contest["rules"]["id"]]["shortfall"]["reduce_seats_needs"]
        if body["by"] == "presidium":
            require(needs != "half_of_electors" and body["motion"] == "", "V11.E", "whose consent")
        else:
            motion = self.votes.get(body["motion"])
            require(body["by"] == "electors" and needs != "presidium" and motion is not None, "V11.E", "whose consent")
            assert motion is not None
            late = motion.opened_at > vote.declared_at
            require(late and self._consented(motion), "V11.E", "no motion of half of the electors on this")
        vote.reduced = True

    def _consented(self, motion: Vote) -> bool:
        if motion.contest["kind"] != "motion" or motion.outcome is None or self.void(motion):
            return False
        place = motion.contest["marks"].index("approve")
        tables = [part["counts"] for part in (*motion.sheets_of_paper(), *(motion.counted_cells or ()))]
        return 2 * sum(table[0][place] for table in tables) >= motion.attendance["should_attend"]

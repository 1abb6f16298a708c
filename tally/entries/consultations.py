"""Body of a written consultation (SPEC §8.4, §8.5 rule 16): a record, never a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import CONTEST_ID, read_text
from voting_core.codec import Fields, JsonObject
from voting_core.params import MAX_BALLOTS

STANDING_COMMITTEE: Final = "standing_committee"
"""Who decides after a consultation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRecorded:
    """How many of the members and alternates, who were all asked in writing, agree, disagree, or did not reply."""

    id: str
    title_zh: str
    title_en: str
    members: int
    alternates: int
    agree: int
    disagree: int
    no_reply: int

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; whether the numbers add up is for replay."""
        title = fields.fields("title")
        fields.choice("decided_by", (STANDING_COMMITTEE,))
        body = cls(
            id=fields.text("id", pattern=CONTEST_ID),
            title_zh=read_text(title, "zh"),
            title_en=title.text("en"),
            members=fields.integer("members", 1, MAX_BALLOTS),
            alternates=fields.integer("alternates", 0, MAX_BALLOTS),
            agree=fields.integer("agree", 0, MAX_BALLOTS),
            disagree=fields.integer("disagree", 0, MAX_BALLOTS),
            no_reply=fields.integer("no_reply", 0, MAX_BALLOTS),
        )
        title.done()
        return body

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "agree": self.agree,
            "alternates": self.alternates,
            "decided_by": STANDING_COMMITTEE,
            "disagree": self.disagree,
            "id": self.id,
            "members": self.members,
            "no_reply": self.no_reply,
            "title": {"en": self.title_en, "zh": self.title_zh},
        }

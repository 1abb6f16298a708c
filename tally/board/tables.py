"""A result as a table for spreadsheets and as a value for programs: what its page shows, and nothing more."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO

from tally.board.results import Result
from tally.tables import safe_cell
from voting_core.codec import JsonObject

_BYTE_ORDER_MARK = "\ufeff"


def result_csv(result: Result) -> bytes:
    """A line for each row that is shown, with Chinese heads, as Excel opens it."""
    verdicts = ["结果"] if result.has_verdicts else []
    lines: list[list[str]] = [["编号", "姓名", *(column.zh for column in result.columns), *verdicts]]
    for line in result.lines:
        lines.append([line.id, line.name, *line.cells, *([line.verdict.zh] if verdicts else [])])
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[safe_cell(cell) for cell in cells] for cells in lines])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def result_json(result: Result) -> JsonObject:
    """The value for programs."""
    return {
        "conclusion": {"en": result.conclusion.en, "zh": result.conclusion.zh},
        "contest": result.id,
        "elected": list(result.elected),
        "figures": [{"en": said.en, "value": value, "zh": said.zh} for said, value in result.figures],
        "rows": [
            {
                "cells": {column.zh: cell for column, cell in zip(result.columns, line.cells, strict=False)},
                "id": line.id,
                "name": line.name,
                "verdict": {"en": line.verdict.en, "zh": line.verdict.zh},
            }
            for line in result.lines
        ],
        "rules": {"en": result.rules.en, "zh": result.rules.zh},
        "title": {"en": result.title.en, "zh": result.title.zh},
    }


def results_json(results: Sequence[Result]) -> bytes:
    """All results of a folder, the same bytes each time."""
    text = json.dumps([result_json(one) for one in results], ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")

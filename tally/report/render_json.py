"""A document as JSON for programs, the same bytes each time."""

from __future__ import annotations

import json

from tally.report.model import Document


def document_json(document: Document) -> bytes:
    """Write a document: UTF-8, keys in order, a newline at the end."""
    text = json.dumps(document.to_json(), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8")

"""Counts a file of ballots as anybody would: `python count.py VOTES BLANKS` with a table of rows and blank marks."""

import json
import sys
from collections import Counter
from pathlib import Path

counts: dict[str, Counter[tuple[str, str]]] = {}
contests = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))  # {contest: [[row, …], blank mark]}
for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    ballot = json.loads(line)
    rows, blank = contests[ballot["contest"]]
    counted = counts.setdefault(ballot["contest"], Counter())
    counted.update((row, ballot["marks"].get(row, blank)) for row in rows)
print(json.dumps({contest: [[*key, n] for key, n in counted.items()] for contest, counted in counts.items()}))

"""Strings that try to run, to break out of a page, a query, a feed or a spreadsheet; each of them distinct, as JSON in `hostile.jsonl`."""

import json
from pathlib import Path

_SEEDS = [json.loads(line) for line in Path(__file__).with_suffix(".jsonl").read_text("ascii").splitlines()]

#: No article can hold a zero byte, and half a character cannot be stored.
STRINGS = [*_SEEDS, *(f"{each}{each}" for each in _SEEDS[:25])]

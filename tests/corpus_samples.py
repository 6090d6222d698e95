"""Small corpora in the forms that are both read and scored, as fixtures: the conftest.py of each folder that needs them imports them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold_samples import TEXT


@pytest.fixture
def standoff(tmp_path: Path) -> Path:
    """A corpus like PolNeAR's with one article of two annotators, and the speakers beside it."""
    split = tmp_path / "corpus" / "data" / "dev"
    write(split / "text" / "weir.txt", TEXT)
    # The second line of T1 is the tail of a text with a line break; Content2 repeats a role; E3 has no content.
    annotation = [
        "T1\tContent 0 10;10 16\t“The weir",
        "held,”",
        "T2\tCue 17 21\tsaid",
        "T3\tSource 22 33\tInes Duarte",
        "#1\tAnnotatorNotes T1\ta note",
        "T4\tContent 73 94\tthat rain will return",
        "E1\tAttribution:T2 Cue:T2 Source:T3 Content:T1 Content2:T4",
        "E3\tAttribution:T2 Cue:T2",
    ]
    write(split / "attributions" / "weir_0a1b.ann", "\n".join(annotation))
    write(split / "attributions" / "weir_ffff.ann", "")
    write(split / "text" / "unannotated.txt", "Nothing was marked here.")
    speakers = {
        "speakers": [{"id": "S1", "kind": "person", "name": "Ines Duarte", "titles": ["harbour master"], "institutions": []}],
        "attributions": {"E1": "S1"},
    }
    write(tmp_path / "speakers" / "dev_weir.json", json.dumps(speakers))
    return tmp_path / "corpus"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A folder of ID.txt and ID.json."""
    record = {
        "doc": "weir",
        "speakers": [
            {
                "id": "S1",
                "kind": "person",
                "name": "Ines Duarte",
                "titles": [],
                "institutions": ["Port"],
                "other_institutions": ["City", {}],
            }
        ],
        "quotes": [{"contents": [[0, 16]], "kind": "direct", "cue": [17, 21], "mention": None, "speaker": "S1"}],
    }
    record["quotes"].append({**record["quotes"][0], "act": "thought"})
    write(tmp_path / "wild" / "weir.txt", TEXT)
    write(tmp_path / "wild" / "weir.json", json.dumps(record))
    return tmp_path / "wild"


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    """Two hard cases, the second without any quote."""
    lines = [
        {
            "id": "a",
            "text": TEXT,
            "quotes": [{"content": "The weir held", "speaker": "Ines Duarte", "title": "harbour master", "institution": None}],
        },
        {"id": "b", "text": "No one spoke.", "quotes": []},
    ]
    return write(tmp_path / "cases.jsonl", "\n".join(map(json.dumps, lines)))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path

"""What Label Studio exports as JSON: a list of tasks, each a text with the annotations that people made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.corpora.files import MISFITS, Digest, checked, from_code_units, misfit, plain_article, span_of, words_of
from quotes.corpora.gold import Attribution, Corpus, GoldArticle
from quotes.corpora.span_linking import Mark, check_labels, linked, relations_of, role_of
from quotes.errors import CorpusError
from quotes.records import Span

_FORM = "export as JSON (not JSON-MIN) from a project of plain text whose field is called text"


def read_label_studio(path: Path) -> Corpus:
    """Read a list of tasks: `data.text`, and of the `annotations` the first that was not cancelled; tasks without one are left out.

    Regions of type `labels` are the marks and those of type `relation` link them (see `quotes.corpora.span_linking`, also for the guess
    where a task has no relation). What is not labelled in an annotated task is no quote. Raises CorpusError.
    """
    digest = Digest()
    try:
        tasks = json.loads(digest.read(path).removeprefix("\ufeff"))
    except ValueError as error:
        raise CorpusError(f"{path}: not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise CorpusError(f"{path}: not a list of tasks; {_FORM}")
    articles, marks = [], []
    for number, task in enumerate(tasks, start=1):
        name = str(task.get("id", number)) if isinstance(task, dict) else str(number)
        where = f"{path}: task {name}"
        try:
            done = [each for each in task["annotations"] if not each.get("was_cancelled")]
            text = words_of(task["data"], "text")
            if not done:
                continue
            found, attributions = _annotation(text, done[0]["result"])
        except MISFITS as error:
            raise misfit(where, error, _FORM) from error
        marks += found
        articles.append(GoldArticle(name, plain_article(where, text), attributions))
    if not articles:
        raise CorpusError(f"{path}: no annotated task in it; submit the annotations, then {_FORM}")
    check_labels(path, marks)
    return checked(Corpus(path.stem, tuple(articles), digest.hex()))


def _annotation(text: str, result: Sequence[Mapping[str, Any]]) -> tuple[list[Mark], tuple[Attribution, ...]]:
    """The marks of an annotation and what they make; raises what a record of the wrong shape raises."""
    marks = [_mark(text, each) for each in result if each["type"] == "labels"]
    # A relation may also lead to a region of another type.
    known = {str(each["id"]) for each in result if "id" in each}
    return marks, linked(text, marks, relations_of((each for each in result if each["type"] == "relation"), known))


def _mark(text: str, region: Mapping[str, Any]) -> Mark:
    value = region["value"]
    labels = [str(label) for label in value["labels"]]
    label = next((each for each in labels if role_of(each)), " ".join(labels))
    return Mark(str(region["id"]), label, (_place(text, span_of(value["start"], value["end"]), value.get("text")),))


def _place(text: str, span: Span, words: str | None) -> Span:
    """Where the region stands; older versions count as JavaScript does, newer ones count characters: the words tell which."""
    bare = None if words is None else words.replace("\\n", "\n").split()
    for place in (span, from_code_units(text, span)) if max(text, default="") > "\uffff" else (span,):
        # White space has passed through a browser.
        if bare is None or text[place.start : place.end].split() == bare:
            return place
    raise ValueError(f"the region {span.start}–{span.end} is said to cover {words!r}, which is not what stands there")

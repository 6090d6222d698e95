"""Passages in JSON Lines, of which every quote is known."""

from __future__ import annotations

from pathlib import Path

from quotes.corpora.files import MISFITS, Digest, json_lines, misfit, plain_article
from quotes.corpora.gold import ExpectedQuote, HardCase, HardCases
from quotes.errors import CorpusError


def read_hard_cases(path: Path) -> HardCases:
    """Read passages from JSON Lines: `id`, `text`, and `quotes` with `content` or `contents`, `speaker`, `title`, `institution`."""
    digest = Digest()
    cases: list[HardCase] = []
    for where, record in json_lines(digest.read(path), path):
        try:
            expected = tuple(
                ExpectedQuote(tuple(quote.get("contents") or [quote["content"]]), quote["speaker"], quote["title"], quote["institution"])
                for quote in record["quotes"]
            )
            if any(case.id == record["id"] for case in cases):
                raise ValueError(f"the id {record['id']} stands twice")
            cases.append(HardCase(record["id"], plain_article(record["id"], record["text"]), expected))
        except MISFITS as error:
            raise misfit(where, error) from error
    if not cases:
        raise CorpusError(f"{path}: no passages in it")
    return HardCases(path.stem, tuple(cases), digest.hex())

"""What a folder of articles shows most: speakers, institutions, titles and topics of the default view, for a person to judge, and what the
gate of `nlp/speakers/plausibility.py` refused there."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotes.errors import ArticleError
from quotes.records import Article

#: How many of each are shown.
SPEAKERS, OTHERS = 60, 40
#: Examples shown of each reason.
_EXAMPLES = 5

_MOST_QUOTED = f"""
select id, name, kind, quotes from speakers where kind in ('person', 'organisation') and quotes > 0
order by quotes desc, name limit {SPEAKERS}
"""
_COUNTED = {
    "institutions": f"select name, quotes from institutions where quotes > 0 order by quotes desc, name limit {OTHERS}",
    # A crowd has no office: "officials" is what it is called by.
    "titles": "select title, count(*) from quotes join speakers on speakers.id = speaker_id and speakers.kind = 'person'"
    f" where title is not null and in_default_view group by lower(title) order by count(*) desc, title limit {OTHERS}",
    "topics": f"select phrase, quotes from topics where quotes > 0 order by quotes desc, phrase limit {OTHERS}",
}


def frequent(articles: Iterable[Article | ArticleError], nlp: Any) -> Iterator[str]:
    """Lines of Markdown about the articles, which are stored and linked in a temporary database.

    Inputs that cannot be read are counted and left out.
    """
    from quotes.extract import extract
    from quotes.publish.profile_pages import with_standing
    from quotes.publish.queries import rows
    from quotes.store import Store

    refused: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[str]] = {}

    def seen(doc: Any) -> None:
        for field, words, why in doc._.implausible:
            refused[field, why] += 1
            examples.setdefault((field, why), []).append(words)

    read, left_out = 0, 0

    def readable() -> Iterator[Article]:
        nonlocal left_out
        for each in articles:
            if isinstance(each, ArticleError):
                left_out += 1
            else:
                yield each

    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "articles.db", create=True) as store:
        for article, found in extract(readable(), nlp, seen=seen):
            if isinstance(found, ArticleError):
                left_out += 1
                continue
            store.save(article, found, extractor="quotes evaluate --plausible")
            read += 1
        speakers = with_standing(store.db.conn, rows(store.db.conn, _MOST_QUOTED))
        counted = {name: store.db.execute(sql).fetchall() for name, sql in _COUNTED.items()}
        speaking = store.db.execute("select count(*) from quotes where in_default_view").fetchone()[0]
    yield f"# {read} articles, {speaking:,} quotes in the default view, {left_out} inputs left out"
    yield from ("", f"## The {len(speakers)} most quoted speakers", "")
    for each in speakers:
        said_of = "".join(f", {each[field]}" for field in ("title", "institution") if each[field])
        yield f"- {each['quotes']} {each['name']} ({each['kind']}){said_of}"
    for what, found_rows in counted.items():
        yield from ("", f"## The {len(found_rows)} most frequent {what}", "")
        yield from (f"- {count} {name}" for name, count in found_rows)
    yield from ("", f"## Refused: {sum(refused.values())}", "")
    for (field, why), count in refused.most_common():
        shown = list(dict.fromkeys(examples[field, why]))[:_EXAMPLES]
        yield f"- {count} {field}, {why}: {', '.join(f'“{each[:60]}”' for each in shown)}"

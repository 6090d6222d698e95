"""Made-up articles in which there is something to put right, and what of a database must come back when a correction is undone."""

from newsroom import rows, span

from quotes.records import Affiliation, Article, Passage, Quote, Speaker, SpeakerConfidence, quoted
from quotes.store import Store

WEIR = (
    "The weir held, the mayor said. “It will hold again,” Ines Duarte said. “Nobody slept that night in Salin,” Fenn said. "
    "The company said it had checked the gates twice. Villagers said they would stay."
)
CRANE = (
    "“The crane is too old to lift anything at all,” said Ines Duarte, a goalkeeper. Inês Duarte Lima, mayor of Salin, said she was "
    "sorry. “Nobody slept that night in Salin,” Odile Fenn of Vale Harbour Bank said. VHB said it would pay. "
    "The villagers of Salin said no."
)
PORT = (
    "Odile Fenn, chief economist at Vale Harbour Bank, said that the port would silt up. “It will hold again,” Mayor Ines Duarte had said. "
    "A. Fenn of Vale Harbour Bank disagreed, and the Vale Harbour Bank said nothing would change."
)


def speaker(text, name, kind="person", title=None, institution=None, sure=0.9):
    posts = ()
    if title or institution:
        posts = (Affiliation(title, institution, span(text, title) if title else None, span(text, institution) if institution else None),)
    return Speaker(name, kind, posts, confidence=SpeakerConfidence(sure, 0.8 if title else None, 0.4 if institution else None))


def said(text, words, who=None, mention=None, kind="direct", confidence=0.9):
    place = span(text, words)
    beside = Passage(mention, (span(text, mention),)) if mention else None
    return Quote(
        kind, "speech", quoted(text, [place]), (place,), None, beside, who, confidence, topics=("night",) if "night" in words else ()
    )


def weir() -> tuple[Article, list[Quote]]:
    """A mayor, a family name alone, a company and a group without a name; one quote is unsure."""
    text, duarte = WEIR, speaker(WEIR, "Ines Duarte", title="mayor")
    quotes = [
        said(text, "The weir held", duarte, "the mayor", "indirect", 0.3),
        said(text, "“It will hold again,”", duarte, "Ines Duarte"),
        said(text, "“Nobody slept that night in Salin,”", speaker(text, "Fenn"), "Fenn"),
        said(text, "it had checked the gates twice", speaker(text, "The company", "organisation"), kind="indirect"),
        said(text, "they would stay", speaker(text, "Villagers", "group"), kind="indirect"),
    ]
    return Article(text=text, path="weir.txt", outlet="Salin Courier", published="2026-03-01", topics=("the weir",)), quotes


def crane() -> tuple[Article, list[Quote]]:
    """A namesake in another world, a longer name, the family name in full, an acronym."""
    text = CRANE
    quotes = [
        said(text, "“The crane is too old to lift anything at all,”", speaker(text, "Ines Duarte", title="goalkeeper"), "Ines Duarte"),
        said(text, "she was sorry", speaker(text, "Inês Duarte Lima", title="mayor", institution="Salin"), kind="indirect"),
        said(text, "“Nobody slept that night in Salin,”", speaker(text, "Odile Fenn", institution="Vale Harbour Bank"), "Odile Fenn"),
        said(text, "it would pay", speaker(text, "VHB", "organisation"), kind="indirect"),
        said(text, "no", speaker(text, "The villagers of Salin", "group"), kind="indirect"),
        said(text, "Salin", None),
    ]
    return Article(text=text, path="crane.txt", outlet="Port Post", published="2026-03-02"), quotes


def port() -> tuple[Article, list[Quote]]:
    """The same people again, an initial, a bank that speaks."""
    text = PORT
    fenn = speaker(text, "Odile Fenn", title="chief economist", institution="Vale Harbour Bank")
    quotes = [
        said(text, "the port would silt up", fenn, "Odile Fenn", "indirect"),
        said(text, "“It will hold again,”", speaker(text, "Ines Duarte", title="Mayor"), "Ines Duarte"),
        said(text, "disagreed", speaker(text, "A. Fenn", institution="Vale Harbour Bank"), kind="indirect"),
        said(text, "nothing would change", speaker(text, "Vale Harbour Bank", "organisation"), kind="indirect"),
    ]
    return Article(text=text, path="port.txt", outlet="Salin Courier", published="2026-03-03"), quotes


def newsroom(store: Store) -> None:
    """All three articles."""
    for article in (weir, crane, port):
        store.save(*article(), extractor="rules 1")


def without_corrections(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table but of corrections."""
    return {table: found for table, found in rows(store).items() if table != "corrections"}


def quote_of(store: Store, words: str, nth: int = 0) -> int:
    """The id of the nth quote that holds these words, in the order of the articles."""
    found = store.db.execute(
        "select quotes.id from quotes join articles on articles.id = article_id where instr(quotes.text, ?) order by published, start",
        [words],
    ).fetchall()
    return found[nth][0]


def speaker_of(store: Store, words: str, nth: int = 0) -> int:
    """The id of who said so."""
    return store.db.execute("select speaker_id from quotes where id = ?", [quote_of(store, words, nth)]).fetchone()[0]


def quote_row(store: Store, words: str, nth: int = 0) -> dict:
    """That quote with everything beside it."""
    return next(store.db.query("select * from quotes_browse where id = ?", [quote_of(store, words, nth)]))

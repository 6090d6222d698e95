"""Made-up articles with their quotes, for the tests of the store and of the site."""

import random

from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, SpeakerConfidence, Zone, quoted

BRIDGE = (
    "Bridge at Tarn Hollow to close, mayor says\n"
    "By Odile Fenn\n\n"
    "TARN HOLLOW — The old bridge over the Senn will close in May, Mayor Ines Okoro-Valdés said on Tuesday.\n\n"
    "“We have waited ten years for this,” Okoro-Valdés said. “Nobody will be sorry.”\n\n"
    "Bram Tollefsen, chief engineer of the Senn River Authority (SRA), called the closure “a matter of weeks, not of years”. "
    "“She told me, ‘Do it properly,’ and we will,” he added.\n\n"
    "The ferry company believes that the boats can carry everyone.\n"
)

#: What a hostile article would try.
ATTACK = '<script>document.title = "owned"</script> & <img src=x onerror=alert(1)> "quoted"'


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stand in `text`, for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def passage(text: str, words: str, nth: int = 0) -> Passage:
    return Passage(words, (span(text, words, nth),))


def quote(text, *parts, kind="direct", act="speech", speaker=None, cue=None, mention=None, confidence=0.9, zone="body"):
    spans = tuple(part if isinstance(part, Span) else span(text, part) for part in parts)
    return Quote(kind, act, quoted(text, spans), spans, cue, mention, speaker, confidence, zone)


def person(text, name, title=None, institution=None, role="unknown"):
    affiliation = Affiliation(title, institution, span(text, title) if title else None, span(text, institution) if institution else None)
    sure = SpeakerConfidence(0.9, 0.8 if title else None, 0.7 if institution else None)
    evidence = None if role == "unknown" else passage(text, title)
    return Speaker(name, "person", (affiliation,) if title or institution else (), role, evidence, confidence=sure)


def bridge(**fields) -> tuple[Article, list[Quote]]:
    """An article with a broken quote, a quote within a quote, a mixed one, an indirect one and a headline."""
    text = BRIDGE
    mayor = person(text, "Ines Okoro-Valdés", "Mayor", role="politician")
    engineer = person(text, "Bram Tollefsen", "chief engineer", "Senn River Authority", role="expert")
    ferry = Speaker("ferry company", "organisation")
    zones = (
        Zone("headline", *span(text, "Bridge at Tarn Hollow to close, mayor says")),
        Zone("byline", *span(text, "By Odile Fenn")),
        Zone("dateline", *span(text, "TARN HOLLOW —")),
        Zone("body", text.index("The old bridge"), len(text)),
    )
    article = Article(
        **{
            "text": text,
            "path": "bridge.txt",
            "title": "Bridge at Tarn Hollow to close, mayor says",
            "byline": ("Odile Fenn",),
            "dateline": "TARN HOLLOW",
            "outlet": "The Senn Courier",
            "published": "2026-03-03T18:20",
            "section": "Local",
            "url": "https://courier.example/bridge?a=1&b=2",
            "zones": zones,
            **fields,
        }
    )
    quotes = [
        quote(text, "Bridge at Tarn Hollow to close", kind="indirect", speaker=mayor, cue=passage(text, "says"), zone="headline"),
        quote(text, "The old bridge over the Senn will close in May", kind="indirect", speaker=mayor, cue=passage(text, "said on")),
        quote(
            text,
            "“We have waited ten years for this,”",
            "“Nobody will be sorry.”",
            speaker=mayor,
            cue=passage(text, "said."),
            mention=passage(text, "Okoro-Valdés", 1),
        ),
        quote(text, "the closure “a matter of weeks, not of years”", kind="mixed", speaker=engineer, cue=passage(text, "called")),
        quote(
            text,
            "“She told me, ‘Do it properly,’ and we will,”",
            speaker=engineer,
            cue=passage(text, "added"),
            mention=passage(text, "he "),
        ),
        quote(text, "‘Do it properly,’", speaker=mayor, cue=passage(text, "told"), mention=passage(text, "She")),
        quote(text, "the boats can carry everyone", kind="indirect", act="thought", speaker=ferry, confidence=0.55),
    ]
    return article, quotes


_FIRST = [
    "Ada", "Bram", "Cleo", "Dov", "Esra", "Fynn", "Gita", "Hedda", "Ivo", "Jun", "Kaja", "Lior", "Mona", "Nils", "Oona", "Pax",
]  # fmt: skip
_LAST = [
    "Abendroth", "Birkeland", "Castellane", "Dunmore", "Eszterházy", "Fjellheim", "Gwynne", "Harrowgate", "Iwasaki", "Jelinek",
    "Kvist", "Łukasik",
]  # fmt: skip
_ROLES = {
    "minister": "politician",
    "professor": "expert",
    "chief economist": "expert",
    "coach": "other",
    "spokesman": "spokesperson",
    "judge": "official",
}
_TITLES = list(_ROLES)
_PLACES = ["Harbour Board", "University of Senn", "Vale Bank", "Ministry of Roads", "Tarn United", "Upland Court"]
_SAID = [
    "the", "river", "rises", "harbour", "prices", "will", "fall", "bridge", "winter", "money", "nobody", "knew", "plan", "fails",
    "schools", "open", "again", "soon",
]  # fmt: skip


def archive(articles: int, each: int, seed: int = 7):
    """That many made-up articles with `each` quotes, some of them undated, some unattributed; in every seventh all titles are past."""
    chance = random.Random(seed)
    for number in range(articles):
        yield _report(number, each, chance)


def _report(number: int, each: int, chance: random.Random) -> tuple[Article, list[Quote]]:
    text = f"Report {number}\n\n"
    quotes = []
    for _ in range(each):
        name, title, place = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", chance.choice(_TITLES), chance.choice(_PLACES)
        said = f"“{' '.join(chance.choices(_SAID, k=18)).capitalize()},”"
        start = len(text)
        past = number % 7 == 6
        former = "former " if past else ""
        text += f"{said} said {name}, {former}{title} at {place}.\n\n"
        said_at = Span(start, start + len(said))
        cue = Span(said_at.end + 1, said_at.end + 5)
        mention = Span(cue.end + 1, cue.end + 1 + len(name))
        title_from = mention.end + 2 + len(former)
        title_at = Span(title_from, title_from + len(title))
        place_at = Span(title_at.end + 4, title_at.end + 4 + len(place))
        speaker = Speaker(
            name,
            "person",
            (Affiliation(title, place, title_at, place_at, past),),
            _ROLES[title],
            Passage(title, (title_at,)),
            confidence=SpeakerConfidence(0.9, 0.8, 0.7),
        )
        known = chance.random() > 0.1
        quotes.append(
            Quote(
                "direct",
                "speech",
                said,
                (said_at,),
                Passage("said", (cue,)) if known else None,
                Passage(name, (mention,)) if known else None,
                speaker if known else None,
                round(chance.random(), 2),
            )
        )
    published = None if number % 11 == 0 else f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    article = Article(
        text=text,
        path=f"report-{number}.txt",
        title=f"Report {number}",
        outlet=chance.choice(["The Senn Courier", "Upland Post"]),
        published=published,
        zones=(Zone("headline", 0, len(f"Report {number}")),),
    )
    return article, quotes


def rows(store) -> dict[str, list[tuple]]:
    """Every row of every table in the order of the keys, but for the times at which articles were extracted."""
    every = {table: store.db.execute(f"select * from {table} order by 1, 2").fetchall() for table in store.counts()}
    return {**every, "extractions": [(article, run, records) for article, run, _, records in every["extractions"]]}

"""What an invented archive is made of: names, bodies, roles, topics and sayings; and a small article of them."""

from __future__ import annotations

import random

from quotes.records import Article, Quote, Span, Speaker


def _split(words: str) -> list[str]:
    """The words of a list: between strokes where there are any, else between spaces."""
    return words.split("|") if "|" in words else words.split()


FIRST = _split(
    "Ada Bram Cleo Dov Esra Fynn Gita Hedda Ivo Jun Kaja Lior Mona Nils Oona Pax Quill Runa Sefa Tove Ulla Vidar Wren Xenia Yara Zoran"
)
LAST_BEGIN = _split(
    "Abend Birke Castel Dun Eszter Fjell Gwyn Harrow Iwa Jeli Kvist Łuka Mor Nørre Oye Pend Quist Rask Stein Tolle Und Valde Winter Ystad"
)
LAST_END = _split("roth land lane more házy heim gate saki nek sik gan by laran ragon holm mussen berg fsen set mar wood vik ley ström")
PLACES = _split("Senn Tarn Vale Upland Morrow Kestrel Larch Fenwick Ostrava Brae Hallow Minster Corran Dell Alder Skerry Torne Wexmoor")
BODIES = _split(
    "{} Harbour Board|University of {}|{} Bank|Ministry of {}|{} United|{} Court|{} Institute for Economic Research|{} Energy|"
    "{} Hospital|{} Teachers’ Union|{} City Council|{} Water|{} Weather Service|Port of {}|{} Observatory|"
    "{} Chamber of Commerce"
)
ROLES = {
    "expert": ("professor", "chief economist", "senior analyst", "research director", "epidemiologist", "hydrologist"),
    "official": ("judge", "director", "chief engineer", "police commissioner", "registrar"),
    "politician": ("minister", "mayor", "senator", "opposition leader", "councillor"),
    "spokesperson": ("spokeswoman", "spokesman", "press officer"),
    "business": ("chief executive", "managing director", "founder", "chief financial officer"),
    "advocate": ("campaigner", "union secretary", "chair"),
    "witness": ("resident", "shop owner", "driver"),
    "journalist": ("reporter", "editor"),
}
ROLE_WEIGHTS = (30, 15, 20, 10, 12, 6, 5, 2)
THINGS = _split(
    "rents|interest rates|the rail strike|river levels|school meals|the port expansion|wheat prices|battery plants|ferry fares|glacier melt"
)
KINDS_OF = _split(
    "housing|energy|water|transport|health|labour|trade|tax|budget|climate|harvest|fishing|forest|mining|tourism|insurance|"
    "pension|export|import|building|teaching|nursing|policing|shipping|banking|migration|waste|air|soil|coast"
)
MATTERS = _split(
    "costs|policy|reform|shortage|figures|forecast|plan|subsidies|standards|inspections|licences|contracts|targets|research|safety|disputes"
)
SAYINGS = _split(
    "We expect {t} to {v} {w}|Nobody should be surprised if {t} {v}s {w}|{T} will {v} {w}, and we are not ready for it|"
    "The numbers on {t} do not support that|We have warned about {t} for years|There is no evidence that {t} will {v} {w}|"
    "I would not bet on {t} {w}|What matters is {t}, not the noise around it|{T} cannot {v} for ever|"
    "We will publish everything that we know about {t} {w}|It is too early to say whether {t} will {v}|"
    "People here pay for {t} every single day|If {t} {v}s {w}, we will have to act|The debate on {t} has only begun|"
    "Our model of {t} points the other way"
)
VERBS = _split("rise|fall|recover|stall|double|ease|worsen|improve|collapse|slow")
WHEN = _split(
    "this year|next spring|by the summer|before the election|within weeks|in the third quarter|over the winter|sooner than planned|in {}"
)
OUTLETS = [
    f"{name} {paper}"
    for paper in ("Courier", "Post", "Herald", "Tribune")
    for name in ("The Senn", "Upland", "The Vale", "Kestrel", "The Morrow", "Tarn", "Larch Valley", "The Minster", "Corran", "Skerry")
]
SECTIONS = _split("Business|Politics|Local|Science|Sport|World")


def invented_article(number: int) -> tuple[Article, list[Quote]]:
    """One article with three quotes as a reader and an extractor would give it, for whoever writes while others read."""
    chance = random.Random(number)
    text, quotes = f"Report {number}\n\n", []
    for _ in range(3):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST_BEGIN)}{chance.choice(LAST_END)}"
        said = f"“{chance.choice(SAYINGS).format(t='rents', T='Rents', v=chance.choice(VERBS), w='this year')},”"
        span = Span(len(text), len(text) + len(said))
        text += f"{said} said {name}.\n\n"
        quotes.append(Quote("direct", "speech", said, (span,), None, None, Speaker(name, "person"), 0.9))
    return Article(text=text, path=f"load/{number}.txt", title=f"Report {number}", outlet="Upland Post", published="2026-02-01"), quotes

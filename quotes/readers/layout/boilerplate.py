"""What a page prints around an article: section lines, captions, share buttons, newsletter boxes, lists of links.

Each test takes one printed line and errs on the side of the article: words that are taken for boilerplate are not searched for quotes.
"""

from __future__ import annotations

import re

from quotes.readers.layout.patterns import entries, whole_line
from quotes.readers.layout.patterns import words as words_in

LONGEST_CAPTION = 700
LONGEST_BOILERPLATE = 300

_SECTION = re.compile(
    r"(?:posted|filed)\s+(?:in|under)\s*[:：]?\s+(?P<section>\S.*)|(?:section|category)\s*[:：]\s*(?P<named>\S.*)", re.IGNORECASE
)

_AGENCY = f"(?:{'|'.join(entries('picture_agencies'))})"
_CREDIT_WORD = (
    r"(?:(?:file |image |photo |picture )?(?:photos?|photograph(?:s|er|y)?|pictures?|pics?|images?|credits?|illustrations?)"
    r"|graphic|courtesy|video)"
)
_SIGNATURE = r"(?-i:[^\W_a-z]|@|dpa)[\w@&.,'’/()+ -]{1,80}"  # begins with a capital
_CAPTION_ENDS = "|".join(
    (
        rf"(?:^|[\s.!?\"'”’(\[|]){_CREDIT_WORD}\s*(?:by)?\s*[:：]\s*{_SIGNATURE}\s*[)\]]?\.?$",  # Photo: AFP
        rf"\({_CREDIT_WORD}\s*(?:by|courtesy of|courtesy)?\s*[:/]?\s*{_SIGNATURE}\)\.?$",  # (Photo by A B)
        r"\((?:[\w.&’' -]{2,50}\s)?(?:photo|image)s?/[^()]{2,60}\)\.?$",  # (AP Photo/A B)
        rf"\([\w.,'’ -]{{2,60}}(?:/| via ){_AGENCY}[^()]{{0,60}}\)\.?$",  # (A B/Getty Images)
        rf"\({_AGENCY}/[^()]{{2,60}}\)\.?$",  # (AFP/A B)
        rf"\s(?:\||©|[/–—])\s*(?:{_CREDIT_WORD}\s*:\s*)?(?:[\w.'’ -]{{2,40}}/)?{_AGENCY}(?:/[\w.'’ -]{{2,40}})?$",  # | Reuters
        r"\s(?:REUTERS|AP Photo|AFP|Getty Images)/[\w.'’ -]{2,60}$",  # REUTERS/A B
    )
)
_CAPTION_END = re.compile(_CAPTION_ENDS, re.IGNORECASE)
_CAPTION_START = re.compile(
    rf"(?:{_CREDIT_WORD}|image caption|media caption|caption|image source)\s*(?:by)?\s*[:：]\s*\S"
    r"|(?:photos?|photographs?|pictures?|illustration) by [A-Z]"
    r"|image (?:caption|source|copyright)\b|media caption\b|©\s*(?:AFP|AP|Reuters|Getty)",
    re.IGNORECASE,
)

_NAMES = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|der|and|of|the|for|in|from|at)|,)*"
_SIGNERS = rf"{_NAMES}(?:\s+and\s+{_NAMES})?"
_CREDITED = re.compile(
    rf"(?:[(\[—–-]\s*)?(?:(?:Additional |With )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)|Compiled|Photography|Graphics?) by:? {_SIGNERS}"
    rf"(?:[;,.]\s*(?:additional |with )?(?:reporting|writing|editing|graphics?) by:? {_SIGNERS})*[)\].]*"
    rf"|{_SIGNERS}\s+(?:also )?contributed(?: (?:reporting|research))?(?: to this (?:report|story|article|post)| from {_NAMES}"
    r"| reporting)?\.?"
    rf"|(?:{_SIGNERS}\s+reported from {_NAMES}\.\s*)(?:{_SIGNERS}\s+contributed\b.{{0,60}})?"
    rf"|(?:The )?Associated (?:Press )?(?:\w+ )?[Ww]riters? {_SIGNERS}.{{0,60}}\bcontributed\b.{{0,40}}"
)
_QUOTED = re.compile(r'[“"«„]([^“”"«»„]+)([”"»“]?)(?=(.?))')


def section_of(line: str) -> str | None:
    """The section that a line such as `Posted in: DIPLOMACY` names, or None."""
    if len(line) > 160:
        return None
    match = _SECTION.fullmatch(line)
    if match is None or line[-1] in ".?!":
        return None
    return (match["section"] or match["named"]).strip()


def is_section_name(line: str) -> bool:
    """True for a section's name that stands by itself above a headline: `BUSINESS`, `World news`."""
    names = words_in("sections")
    words = line.casefold().replace("&", " ").replace("/", " ").replace("|", " ").split()
    return 0 < len(words) <= 4 and all(word in names or word == "and" for word in words)


def is_caption(line: str) -> bool:
    """True for a line that a photo credit begins or ends: `… Photo: AFP`, `(AP Photo/Name)`, `Image: …`, `… | Reuters`."""
    if len(line) > LONGEST_CAPTION:
        return False
    return _CAPTION_START.match(line) is not None or _CAPTION_END.search(line, max(0, len(line) - 160)) is not None


def is_boilerplate(line: str) -> bool:
    """True for a line that the site prints on every page, or about the page; never for one with a full sentence in quotation marks."""
    if len(line) > LONGEST_BOILERPLATE:
        return False
    if not any(character.isalnum() for character in line):
        return not any(character in "“”\"'‘’?!…." for character in line)
    fits = whole_line("boilerplate").fullmatch(line) or _CREDITED.fullmatch(line)
    return fits is not None and not has_quoted_sentence(line)


def is_links_heading(line: str) -> bool:
    """True for the heading of a list of links to other pages: `MORE FROM THE EXAMINER`, `Trending Stories`."""
    return len(line) <= 80 and whole_line("link_headings").fullmatch(line) is not None


def has_quoted_sentence(line: str) -> bool:
    """True when quotation marks hold three words or more up to a full stop, comma, question or exclamation mark."""
    for inner, closing, after in _QUOTED.findall(line):
        # An unbalanced mark opens a quote that runs on.
        ends = inner[-1] in ".?!,…" or after in tuple(",.?!") if closing else line[-1] in ".?!"
        if ends and len(inner.split()) >= 3:
            return True
    return False

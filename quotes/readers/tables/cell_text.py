"""Values of tables and records as text: markup, escapes and encodings that the program which wrote them left in."""

from __future__ import annotations

import html
import re

from quotes.readers.inputs.encodings import fix_mojibake
from quotes.readers.layout.patterns import entries
from quotes.readers.layout.plain_text import joined
from quotes.readers.pages.markup import fragment_paragraphs
from quotes.records import Zone

_BLOCK = "|".join((*entries("html_blocks"), "html", "body"))
_INLINE = "a|b|i|em|strong|span|q|u|s|sup|sub|small|img|font|cite|mark|script|style|iframe"
_ATTRIBUTES = r"(?:\s[^<>]{0,1000})?/?"
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK}){_ATTRIBUTES}>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_BLOCK}|{_INLINE}){_ATTRIBUTES}>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]{{0,300}}?)?/?&gt;", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)

#: A line break written as two characters: doubled, or where a paragraph may end and another begin.
_LITERAL_BREAK = re.compile(r"(?:\\r)?\\n(?:\\r)?\\n|(?<=[.!?…:”’\"')\]])\s?(?:\\r)?\\n(?=\s?[\"“‘'A-Z0-9(—–-]|\s?\\?\"|\s*$)")
_ESCAPE = re.compile(r"""\\(?:r\\n|u([\da-fA-F]{4})|([nrt"'/\\]))""")
_MEANING = {r"\r\n": "\n", r"\n": "\n", r"\r": "\n", r"\t": "\t"}


def read_cell(text: str) -> tuple[str, list[Zone], tuple[str, ...]]:
    """The text that a cell stands for, the zones that its markup tells, and what had to be assumed, one line each."""
    text, notices = fix_mojibake(text)
    unescaped = without_escapes(text)
    if unescaped != text:
        text, notices = unescaped, (*notices, 'its escapes (\\n, \\") were read as what they stand for')
    markup = unescaped_markup(text)
    if _TAG.search(markup) is None:
        return (html.unescape(markup) if _ENTITY.search(markup) else markup), [], notices
    if _BLOCK_TAG.search(markup) is None:  # its paragraphs are set apart by line breaks
        markup = re.sub(r"\r?\n", "<br>", markup)
    return *joined(fragment_paragraphs(markup)), notices


def unescaped_markup(text: str) -> str:
    """HTML that was escaped as if it were text, as HTML; anything else as it is."""
    return html.unescape(text) if _ESCAPED_TAG.search(text) and _TAG.search(text) is None else text


def without_escapes(text: str) -> str:
    """Text in which a program wrote line breaks and marks as it would in source code, with these as they print.

    Only where it did so throughout: a text that has line breaks or marks of its own is left alone.
    """
    if "\\" not in text:
        return text
    breaks = "\n" not in text and _LITERAL_BREAK.search(text) is not None
    marks = '\\"' in text and re.search(r'(?<!\\)"', text) is None
    apostrophes = "\\'" in text and re.search(r"(?<!\\)'", text) is None
    signs = re.search(r"\\u(?:20[12][\da-fA-F]|00[a-fA-F][\da-fA-F])", text) is not None
    if not (breaks or marks or apostrophes or signs):
        return text

    def meaning(found: re.Match[str]) -> str:
        if found[1]:
            sign = chr(int(found[1], 16))
            return found[0] if "\ud800" <= sign <= "\udfff" or sign < " " else sign
        if found[0] in _MEANING:
            return _MEANING[found[0]] if breaks else found[0]
        return str(found[2])

    return _ESCAPE.sub(meaning, text)

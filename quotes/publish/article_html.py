"""The text of an article with its quotes marked, and the note on each of them, as HTML.

An article has a hundred pieces and more, and a template takes several times as long to write them as the database takes for the article. So
the marked text and the notes beside it are written here, and the template does the rest. Every value goes through `escape`, but for ids and
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from quotes.publish.marking import Paragraph, Piece

#: What the page knows of a quote: its row, with its number, whether it is unsure, and whether its title says that it is past.
Note = Mapping[str, Any]

# Kinds, roles and speakers come again and again.
_escaped = lru_cache(2048)(escape)

_PARTS = {"cue": "introduces", "mention": "source of"}


class Printer:
    """Writes the paragraphs and notes of one article; `followed` is the speaker whose quotes are to stand out, and with `every` its links
    lead to pages that leave no quote out."""

    def __init__(self, notes: Mapping[int, Note], followed: int | None = None, *, every: bool = False) -> None:
        self._every = "&amp;all=1" if every else ""
        self._notes = notes
        self._followed = followed
        self._speakers = {id: f' data-speaker="{int(note["speaker_id"])}"' if note["speaker_id"] else "" for id, note in notes.items()}

    def article(self, paragraphs: Sequence[Paragraph], base: str, head: str) -> Markup:
        """The whole text, each paragraph with the notes on the quotes that begin in it.

        `base` is the address of the database; `head`, which is HTML, stands below the headline, or at the start where there is none.
        """
        base = escape(base)
        headline = next((nth for nth, each in enumerate(paragraphs) if each.zone == "headline"), None)
        written = [] if headline is not None else [head]
        for nth, paragraph in enumerate(paragraphs):
            tag = "h1" if nth == headline else "h2" if paragraph.zone == "subhead" else "p"
            pieces = "".join([self._piece(each) for each in paragraph.pieces])
            notes = "\n".join([self._note(self._notes[id], base) for id in paragraph.quotes])
            beside = f'<ul class="quotes-notes">\n{notes}\n</ul>' if notes else ""
            written.append(
                f'<div class="quotes-paragraph quotes-zone-{_escaped(paragraph.zone)}">\n<{tag}>{pieces}</{tag}>\n{beside}\n</div>\n'
            )
            if nth == headline:
                written.append(head)
        return Markup("".join(written))

    def _stands_out(self, note: Note) -> bool:
        return self._followed is not None and note["speaker_id"] == self._followed

    def _piece(self, piece: Piece) -> str:
        # Between tags, quotation marks mean nothing.
        words = escape(piece.text, quote=False)
        if piece.part and piece.of is not None:
            speaker = "" if piece.kind else self._speakers[piece.of]
            title = f"{_PARTS[piece.part]} quote {self._notes[piece.of]['number']}"
            words = f'<span class="quotes-{piece.part}"{speaker} title="{title}">{words}</span>'
        if piece.kind and piece.id is not None:
            nested = " quotes-nested" if piece.depth > 1 else ""
            followed = " quotes-followed" if self._stands_out(self._notes[piece.id]) else ""
            classes = f"quotes-mark quotes-{_escaped(piece.kind)}{nested}{followed}"
            words = f'<mark class="{classes}"{self._speakers[piece.id]}>{words}</mark>'
        elif piece.zone != "body":
            words = f'<span class="quotes-zone-{_escaped(piece.zone)}">{words}</span>'
        if piece.begins:
            words = "".join([f'<span class="quotes-anchor" id="q{id}"></span>' for id in piece.begins]) + words
        if piece.ends:
            words += "".join([_reference(id, self._notes[id]) for id in piece.ends])
        return words

    def _note(self, note: Note, base: str) -> str:
        id, number = note["id"], note["number"]
        followed = ' class="quotes-followed"' if self._stands_out(note) else ""
        return (
            f'<li id="note-{id}"{self._speakers[id]}{followed}>\n'
            f'<a class="quotes-number" href="#q{id}" aria-label="To quote {number} in the text">{number}</a>\n'
            f'<span class="quotes-who">{_who(note, base)}\n'
            f'<span class="quotes-facts">{_facts(note, base)}</span>\n'
            f'<span class="quotes-facts">{self._ways(note, base)}</span>\n</span>\n</li>'
        )

    def _ways(self, note: Note, base: str) -> str:
        """To the quotes of the same speaker before and after, to the record, and to a report."""
        id, speaker = note["id"], _escaped(note["speaker"] or "")
        ways = [f'<a href="#q{note["previous"]}" rel="prev">previous</a>'] if note.get("previous") else []
        if note.get("next"):
            ways.append(f'<a href="#q{note["next"]}" rel="next">next of {speaker}</a>')
        elif note["speaker_id"] and not self._stands_out(note):
            follow = f'<a href="?follow={note["speaker_id"]}{self._every}#q{id}" data-quotes-follow="{note["speaker_id"]}">'
            ways.append(f'{follow}follow<span class="quotes-hidden"> {speaker}</span></a>')
        ways.append(f'<a href="{base}/quotes/{id}" aria-label="Record of quote {note["number"]}">record</a>')
        hidden = f'<span class="quotes-hidden"> in quote {note["number"]}</span>'
        ways.append(f'<a href="{base}/report/{id}">report a mistake{hidden}</a>')
        return " · ".join(ways)


def _reference(id: int, note: Note) -> str:
    """The number of a quote, which leads from its end in the text to the note on it."""
    label = _escaped(f"Quote {note['number']}, {note['kind']}, {note['speaker'] or 'speaker not found'}")
    return f'<sup class="quotes-ref"><a href="#note-{id}" aria-label="{label}">{note["number"]}</a></sup>'


def _who(note: Note, base: str) -> str:
    """The speaker, and as what he or she speaks."""
    speaker, title, institution = note["speaker"], note["title"], note["institution"]
    if speaker:
        who = f'<a class="quotes-speaker" href="{base}/speaker/{note["speaker_id"]}">{_escaped(speaker)}</a>'
    else:
        who = '<span class="quotes-unknown">Speaker not found</span>'
    if not title and not institution:
        return who
    former = f'<span class="quotes-former">{"former" if title else "formerly"}</span> ' if note["past"] and not note["says_past"] else ""
    # An outlet or an office that speaks is its own title.
    given = [_escaped(title)] if title and title.lower() != (speaker or "").lower() else []
    if institution:
        given.append(f'<a href="{base}/institution/{note["institution_id"]}">{_escaped(institution)}</a>')
    return f'{who}<span class="quotes-as">{former}{", ".join(given)}</span>'


def _facts(note: Note, base: str) -> str:
    """How it was said, by whom in the news, and how sure that is."""
    kind, role = _escaped(note["kind"]), note["role"]
    facts = [f'<span class="quotes-swatch quotes-{kind}">{kind}</span> {_escaped(note["act"])}']
    if note["speaker_outlet"]:
        facts.append("news outlet")
    elif role and role != "unknown":
        by = f' title="by the words “{_escaped(note["role_evidence"])}”"' if note["role_evidence"] else ""
        facts.append(f'<a href="{base}/search?role={_escaped(role)}"{by}>{_escaped(role)}</a>')
    unsure = ' <span class="quotes-unsure">unsure</span>' if note["unsure"] else ""
    facts.append(f"{note['confidence'] * 100:.0f} % sure{unsure}")
    if note["corrected"]:
        facts.append("corrected")
    if note["carried"] and note["carried"] > 1:
        facts.append(
            f'<a href="{base}/quotes_browse?in_default_view=1&amp;utterance_id={note["utterance_id"]}">in {note["carried"]} articles</a>'
        )
    return " · ".join(facts)

"""Quoted speech by marks and position: which quotation is an utterance, what introduces it, and whose it is.

Marks and position come first. A comma, question or exclamation mark inside the closing mark, or a comma or colon before the opening one, shows an
utterance whatever the verb beside it; cue verbs are evidence where the position leaves a doubt, never a gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.cues import unreal
from quotes.components.marks import Quotation
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, PRONOUN_TAGS, SUBJECTS, VERB_TAGS, Parse, runs
from quotes.components.sources import Source, noun_phrase, source_of_verb, subject_of
from quotes.records import Act, Span

#: How many tokens a clause of attribution may have beside its quote.
WINDOW = 45
_WHEN = frozenset({"DATE", "TIME"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "‒"})


@dataclass(slots=True)
class _Stretch:
    """An outermost quotation with what stands around it in its paragraph."""

    quotation: Quotation
    first: int  # first token inside or at the opening mark
    after: int  # first token after the closing mark
    paragraph: Span
    end_mark: str  # the last character inside the closing mark
    next_mark: str  # the first character after it, white space aside
    before_mark: str  # the last character before the opening mark, white space aside; "" at the start of the paragraph
    words: int
    capital: bool

    @property
    def whole(self) -> bool:
        """Whether it stands as one or more sentences of its own."""
        return self.capital and self.before_mark in {"", ".", "!", "?", ":", "”", '"', "’", "'", "»"} and self.terminal

    @property
    def terminal(self) -> bool:
        return self.end_mark in ".!?…—" or self.next_mark in {".", "!", "?"} or not self.quotation.closed


@dataclass(frozen=True, slots=True)
class _Link:
    """How a quotation is attributed: the cue's tokens, its verb, the source, and where the clause of attribution ends."""

    cue: tuple[Span, ...]
    verb: int | None
    source: Source | None
    end: int
    evidence: str
    act: Act = "speech"


def quoted(parse: Parse, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The utterances among the outermost quotations, each with its cue and source, broken ones joined, floating ones tied to their
    predecessor. Quotations that only colour a phrase are left to the syntax."""
    found: list[Attribution] = []
    for start, end in paragraphs:
        stretches = [_stretch(parse, each, Span(start, end)) for each in quotations if each.depth == 0 and start <= each.start < end]
        found.extend(_paragraph(parse, [each for each in stretches if each is not None], found))
    return _chained(found, quotations)


def _chained(found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Quotes that run over paragraphs: those without a cue of their own share the speaker of the one in their run that has one, before or
    behind them."""
    by_start = {each.contents[-1].start: index for index, each in enumerate(found)}
    by_start |= {each.start: index for index, each in enumerate(found)}
    run: list[int] = []
    for quotation in quotations:
        if quotation.depth or not (quotation.continues or quotation.continued):
            continue
        if not quotation.continued:
            run = []
        if quotation.start in by_start:
            run.append(by_start[quotation.start])
        if not quotation.continues:
            anchor = next((index for index in run if found[index].evidence != "floating"), None)
            for index in run:
                if anchor is not None and found[index].evidence == "floating":
                    found[index] = replace(found[index], follows=found[anchor].start, evidence="floating:run")
    return found


def _stretch(parse: Parse, quotation: Quotation, paragraph: Span) -> _Stretch | None:
    text = parse.text
    inner = quotation.inner
    words = text[inner.start : inner.end].split()
    if not any(character.isalnum() for character in text[inner.start : inner.end]):
        return None
    before = text[paragraph.start : quotation.start].rstrip()
    after = text[quotation.end : paragraph.end].lstrip()
    letters = next((character for character in text[inner.start : inner.end] if character.isalpha()), "a")
    return _Stretch(
        quotation,
        parse.token_at(quotation.start),
        parse.token_at(quotation.end),
        paragraph,
        text[inner.start : inner.end].rstrip()[-1:],
        after[:1],
        before[-1:],
        len(words),
        letters.isupper(),
    )


def _paragraph(parse: Parse, stretches: Sequence[_Stretch], earlier: Sequence[Attribution]) -> list[Attribution]:
    found: list[Attribution] = []
    open_link: _Link | None = None  # the clause of attribution that just ended, for a quote that goes on behind it
    for number, each in enumerate(stretches):
        limit = stretches[number + 1].quotation.start if number + 1 < len(stretches) else each.paragraph.end
        floor = stretches[number - 1].quotation.end if number else each.paragraph.start
        link = _link(parse, each, floor, limit)
        continues = _continues(parse, each, open_link, found, own=link)
        if continues:
            last = found[-1]
            found[-1] = Attribution((*last.contents, _span(each)), last.cue, last.source, last.act, last.evidence, last.verb, last.follows)
            open_link = _Link(last.cue, last.verb, last.source, each.quotation.end, last.evidence)
            continue
        if link is not None:
            found.append(Attribution((_with_lead(parse, each, floor, link),), link.cue, link.source, link.act, link.evidence, link.verb))
            open_link = link
        elif each.whole and _utterance(each):
            follows = found[-1].start if found else None
            previous = [*earlier, *found]
            if open_link is not None and found and _only_space(parse.text, open_link.end, each.quotation.start):
                found.append(Attribution((_span(each),), (), None, "speech", "floating", None, found[-1].start))
            else:
                found.append(Attribution((_span(each),), (), None, "speech", "floating", None, follows if follows is not None else (previous[-1].start if previous else None)))
            open_link = None
        else:
            open_link = None
    return found


def _with_lead(parse: Parse, each: _Stretch, floor: int, link: _Link) -> Span:
    """The quotation with the words of its own sentence before it, where only its end is quoted (The fund was "fully solvent," she said)."""
    if not link.evidence.startswith("after") or each.before_mark in {"", ":"}:
        return _span(each)
    lead = [token for token in range(parse.token_at(floor), each.first) if not parse.space(token)]
    tail = _sentence_tail(parse, lead)
    if not tail or (len(tail) == len(lead) and floor != each.paragraph.start):
        return _span(each)
    verbs = lexicons.verbs()
    if any(parse.lower[token] in verbs and verbs[parse.lower[token]].act == "speech" and parse.tag[token] in VERB_TAGS for token in tail):
        return _span(each)
    while tail and (parse.tag[tail[0]] == "CC" or parse.words[tail[0]] in {",", "—", "–", "-", "(", "[", "…", "•", "*"}):
        del tail[0]
    return Span(parse.start[tail[0]], each.quotation.end) if tail else _span(each)


def _span(each: _Stretch) -> Span:
    return Span(each.quotation.start, each.quotation.end)


def _utterance(each: _Stretch) -> bool:
    return each.words >= 3 or each.end_mark in "!?"


def _only_space(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip(" \t,.;:—–-")


def _continues(parse: Parse, each: _Stretch, link: _Link | None, found: Sequence[Attribution], own: _Link | None) -> bool:
    """Whether a stretch goes on with the quote before the clause of attribution that it follows ("A," he said, "B." and '"A," he said. "B."')."""
    if link is None or not found or not _only_space(parse.text, link.end, each.quotation.start):
        return False
    if each.before_mark not in {",", ".", ":", ";", "—", "–", "-", "!", "?"} or _another_cue(parse, link, each):
        return False
    if own is not None and own.verb is not None and own.verb > each.after - 1 and not own.evidence.endswith("before"):
        return False
    if own is not None and own.evidence == "colon":
        return False
    return each.quotation.start > link.end - 1


def _another_cue(parse: Parse, link: _Link, each: _Stretch) -> bool:
    """Whether a second cue stands between a clause of attribution and the next quotation ("…, adding", "but Grant shot back")."""
    if link.verb is None:
        return False
    verbs = lexicons.verbs()
    for token in range(link.verb + 1 + _particle_of(parse, link.verb), each.first):
        word = parse.lower[token]
        if parse.tag[token] not in VERB_TAGS or _embedded(parse, token, 0):
            continue
        if _particle_of(parse, token) or (word in verbs and verbs[word].act == "speech" and "s" in verbs[word].frames and parse.tag[token] != "VBN"):
            return True
    return False


def _link(parse: Parse, each: _Stretch, floor: int, limit: int) -> _Link | None:
    introduced = _before(parse, each, floor)
    if introduced is not None and introduced.evidence in {"colon", "comma-before"}:
        return introduced
    return _after(parse, each, limit) or introduced or _dash(parse, each, limit)


# --- behind the quotation: '…," said X' and '…," X said' -------------------------------------------------------------------------


def _after(parse: Parse, each: _Stretch, limit: int) -> _Link | None:
    comma = each.end_mark in ",—" or each.next_mark in {","}
    exclaims = each.end_mark in "?!…"
    if not (comma or exclaims or (each.next_mark and not each.terminal)):
        return None
    first = each.after
    while first < len(parse) and parse.start[first] < limit and (parse.space(first) or parse.words[first] in {",", "—", "–", "-", "--"}):
        first += 1
    last = _clause_end(parse, first, limit)
    if last < first:
        return None
    verb = _attributing_verb(parse, first, last, sure=comma, lower=exclaims)
    if verb is None:
        return None
    known = parse.lower[verb] in lexicons.verbs()
    if not comma and not exclaims and not (known and each.words >= 3 and "s" in lexicons.verbs()[parse.lower[verb]].frames and verb - first <= 8):
        return None
    if not known and not (each.capital or each.words >= 5):
        return None  # a few words in marks and a comma: a phrase, unless somebody is known to say it
    source = _beside(parse, verb, first, last, set(range(each.first, each.after)))
    if source is None:
        return None
    evidence = "after" if known else "after:unknown-verb"
    end = parse.end[last]
    return _Link(_cue_spans(parse, verb), verb, source, end, evidence, _act_of(parse, verb))


def _clause_end(parse: Parse, first: int, limit: int) -> int:
    """The last token of the clause that begins at `first`: up to a full stop that ends the sentence, a line's end, or the next quotation."""
    last = first - 1
    for token in range(first, min(first + WINDOW, len(parse))):
        if parse.start[token] >= limit:
            break
        last = token
        if parse.words[token] in {".", "!", "?", ";"} and not _abbreviates(parse, token):
            break
        if parse.words[token] == ":" and token > first:
            break
    return last


def _abbreviates(parse: Parse, token: int) -> bool:
    """Whether a full stop that is a token of its own ends a rank or an initial ("Col. Dana Whitfield")."""
    before = parse.lower[token - 1] if token else ""
    return parse.words[token] == "." and (before + "." in lexicons.genders("honorifics.tsv") or (len(before) == 1 and parse.words[token - 1].isupper()))


def _attributing_verb(parse: Parse, first: int, last: int, *, sure: bool, lower: bool) -> int | None:
    """The verb of the clause of attribution between two tokens: the first known cue verb of its main clause, else its first finite verb.

    `sure` (a comma ends the quote) lets any finite verb through; `lower` (a question or exclamation mark) asks for a lower-case start, or a known verb.
    """
    verbs, particles = lexicons.verbs(), lexicons.particles()
    finite: int | None = None
    for token in range(first, min(first + 25, last + 1)):
        word, tag = parse.lower[token], parse.tag[token]
        if token == first and (tag == "CC" or (tag == "IN" and word in {"as", "because", "while", "although", "if", "when"})):
            break  # a clause of its own, that attributes nothing before it
        if tag not in VERB_TAGS and not (word in verbs and token - first <= 8 and tag in {"NN", "NNS", "NNP", "JJ"} and word.endswith(("ed", "d", "s"))):
            continue
        if _embedded(parse, token, first):
            continue
        if (word in verbs and ("s" in verbs[word].frames or verbs[word].act == "speech")) or (word in particles and _particle_of(parse, token)):
            if tag in FINITE_TAGS or tag == "VBN" or finite is not None or tag in {"NN", "NNS", "NNP", "JJ"} or tag == "VB":
                return token
            continue
        if tag in FINITE_TAGS and finite is None:
            finite = token
    if finite is None or not sure and not (lower and parse.words[first][:1].islower()):
        return None
    return finite if finite - first <= 12 and parse.lower[finite] not in {"is", "are", "was", "were", "'s", "’s"} else None


def _embedded(parse: Parse, token: int, first: int) -> bool:
    """Whether a verb stands in a relative clause or another modifier of the source, not in the clause of attribution."""
    return parse.dep[token] in {"relcl", "acl", "amod"} and first <= parse.head[token] < token


def _particle_of(parse: Parse, token: int) -> int:
    """How many words of a phrasal cue follow its verb."""
    for following, _ in lexicons.particles().get(parse.lower[token], ()):
        if tuple(parse.lower[token + 1 : token + 1 + len(following)]) == following:
            return len(following)
    return 0


def _cue_spans(parse: Parse, verb: int) -> tuple[Span, ...]:
    return (parse.span(verb, verb + _particle_of(parse, verb)),)


def _act_of(parse: Parse, verb: int) -> Act:
    predicate = lexicons.verbs().get(parse.lower[verb])
    return predicate.act if predicate is not None and predicate.act == "thought" and parse.lower[verb] in {"thinks", "thought", "wondered"} else "speech"


def _beside(parse: Parse, verb: int, first: int, last: int, quote: set[int]) -> Source | None:
    """The source in the clause of attribution: the noun phrase before the verb, or behind it in inversion, whatever the parser made of it."""
    subject = subject_of(parse, verb)
    if subject is not None and first <= subject <= last and subject not in quote:
        return _bounded(parse, subject, verb, first, last, quote)
    behind = verb + 1 + _particle_of(parse, verb)
    leading = next((token for token in range(first, verb) if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS and parse.entity[token] not in _WHEN), None)
    if leading is None:
        while behind <= last and parse.tag[behind] in {"RB", "IN", "RP"} and parse.lower[behind] not in {"one"}:
            behind += 1
        for token in range(behind, last + 1):
            if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS | {"CD"}:
                return _bounded(parse, _top(parse, token, behind, last), verb, behind, last, quote)
        return None
    inherited = source_of_verb(parse, verb, quote)
    if inherited is not None and all(first <= token <= last for token in inherited.tokens):
        return inherited
    return _bounded(parse, _top(parse, leading, first, verb - 1), verb, first, verb - 1, quote)


def _top(parse: Parse, token: int, first: int, last: int) -> int:
    """The head of the noun phrase that a noun stands in, within bounds."""
    while True:
        above = parse.head[token]
        if above == token or not first <= above <= last or parse.tag[above] not in NOUN_TAGS | PRONOUN_TAGS | {"CD"}:
            return token
        if parse.dep[token] in {"conj", "pobj"}:
            return token
        token = above


def _bounded(parse: Parse, head: int, verb: int, first: int, last: int, quote: set[int]) -> Source | None:
    outside = {token for token in parse.subtree(head) if not first <= token <= last}
    return noun_phrase(parse, head, without=outside | quote | {verb})


# --- before the quotation: 'X said, "…"', 'X: "…"', 'said "…"' -------------------------------------------------------------------


def _before(parse: Parse, each: _Stretch, floor: int) -> _Link | None:
    first = parse.token_at(floor)
    lead = [token for token in range(first, each.first) if not parse.space(token)]
    if not lead:
        return None
    lead = _sentence_tail(parse, lead)
    if not lead:
        return None
    mark = parse.words[lead[-1]]
    if mark == ":" or each.before_mark == ":":
        return _colon(parse, lead[:-1], each)
    if mark == ",":
        if not each.capital and each.words < 4:
            return None
        return _introduced(parse, lead[:-1], each, "comma-before", reach=14)
    return _introduced(parse, lead, each, "before", reach=3) if each.capital or each.words >= 5 or each.end_mark in ".?!" else None


def _sentence_tail(parse: Parse, lead: list[int]) -> list[int]:
    """The tokens behind the last full stop."""
    for index in range(len(lead) - 1, -1, -1):
        if parse.words[lead[index]] in {".", "!", "?", "”", "“", '"'} and index < len(lead) - 1:
            return lead[index + 1 :]
        if parse.words[lead[index]] in {".", "!", "?"}:
            return []
    return lead


def _introduced(parse: Parse, lead: list[int], each: _Stretch, evidence: str, *, reach: int) -> _Link | None:
    """The nearest cue verb of speech before the quotation, within `reach` tokens of it."""
    verbs = lexicons.verbs()
    for token in reversed(lead[-reach:]):
        word = parse.lower[token]
        known = parse.tag[token] in VERB_TAGS and ((word in verbs and verbs[word].act == "speech" and "s" in verbs[word].frames) or _particle_of(parse, token))
        if not known:
            continue
        if evidence == "before" and token + _particle_of(parse, token) != lead[-1] and not (parse.lower[lead[-1]] == "that" and token == lead[-2]):
            continue
        if unreal(parse, token):
            return None
        source = source_of_verb(parse, token, set(range(each.first, each.after)))
        if source is None:
            source = _preceding_subject(parse, lead, token)
        if source is None and evidence == "before":
            return None
        return _Link(_cue_spans(parse, token), token, source, each.quotation.end, evidence, _act_of(parse, token))
    return None


def _preceding_subject(parse: Parse, lead: Sequence[int], verb: int) -> Source | None:
    for token in reversed([each for each in lead if each < verb]):
        if parse.dep[token] in SUBJECTS and parse.dep[token] != "expl":
            return noun_phrase(parse, token, without={verb})
    return None


def _colon(parse: Parse, lead: list[int], each: _Stretch) -> _Link | None:
    """A colon before the quotation: the clause before it introduces, by its cue verb, its main verb, or as a bare label ("X: …")."""
    colon = next((token for token in range(each.first - 1, -1, -1) if parse.words[token] == ":"), None)
    if colon is None or not lead:
        return None
    introduced = _introduced(parse, lead, each, "colon", reach=WINDOW)
    if introduced is not None and introduced.source is not None:
        return introduced
    if not any(parse.tag[token] in FINITE_TAGS for token in lead):
        label = _label(parse, lead)
        return None if label is None else _Link((parse.span(colon, colon),), None, label, each.quotation.end, "colon")
    subject = next((token for token in lead if parse.dep[token] in {"nsubj", "nsubjpass"}), None)
    if subject is None or not _utterance(each):
        return None
    source = noun_phrase(parse, subject, without={parse.head[subject]})
    return None if source is None else _Link((parse.span(colon, colon),), None, source, each.quotation.end, "colon:clause")


def _label(parse: Parse, lead: Sequence[int]) -> Source | None:
    """A label such as "Energy minister Pavel Drozd" as a source; the name at its end is its head."""
    words = [token for token in lead if parse.lower[token] not in {"and", "from", "but", "says", "again"} or token > lead[0] + 1]
    nouns = [token for token in words if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    if not nouns or len(words) > 14:
        return None
    comma = next((token for token in words if parse.words[token] in {",", "("}), None)
    head = next((token for token in reversed(nouns) if comma is None or token < comma), nouns[-1])
    spans = runs(parse, words)
    return Source((spans[-1],), head, frozenset(words)) if spans else None


# --- a dash behind the quotation: '"…" — X' --------------------------------------------------------------------------------------


def _dash(parse: Parse, each: _Stretch, limit: int) -> _Link | None:
    """A dash and a name, alone to the end of the paragraph or making up the next one."""
    tokens = [token for token in range(each.after, len(parse)) if parse.start[token] < limit and not parse.space(token)]
    behind = [token for token in tokens if parse.start[token] < each.paragraph.end]
    if not behind and each.terminal:
        behind = _next_line(parse, each)
    tokens = behind
    if len(tokens) < 2 or parse.words[tokens[0]] not in _DASHES or not each.terminal or len(tokens) > 16:
        return None
    if any(parse.tag[token] in FINITE_TAGS for token in tokens[1:]):
        return None
    label = _label(parse, tokens[1:])
    return None if label is None else _Link((parse.span(tokens[0], tokens[0]),), None, label, parse.end[tokens[-1]], "dash")


def _next_line(parse: Parse, each: _Stretch) -> list[int]:
    """The tokens of the line after the paragraph that a quotation ends, white space aside."""
    tokens: list[int] = []
    for token in range(each.after, len(parse)):
        if parse.space(token):
            if tokens and "\n" in parse.words[token]:
                break
            continue
        tokens.append(token)
        if len(tokens) > 16:
            return []
    return tokens

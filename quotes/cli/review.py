"""`quotes review`: a person goes through what is unsure, in the terminal or from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from quotes.cli.correct import by_option
from quotes.cli.intake import changing
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import database_option
from quotes.cli.terminal import described, printable, say
from quotes.errors import StoreError
from quotes.store import Store
from quotes.store.corrections import correcting, quote_of, undo
from quotes.store.corrections.review_queue import Candidate, Unsure, candidates, unsure, unsure_quote
from quotes.store.overrides.correction_records import Correction, summary

_LATER = """
  k  skip, and do not show it again  u  undo what you did last
  q  quit; the next review goes on here"""
_KEYS = f"""  y  right as it stands              n  not a quote
  s  another speaker                 w  other words
  t  another title                   i  another institution{_LATER}"""
_KEYS_OF_PAIRS = f"""  y  they are one                    n  they are two{_LATER}"""
_QUESTIONS = {
    "s": "Who said it? (- for nobody)",
    "t": "As what? (- for no title)",
    "i": "For whom? (- for no institution)",
    "w": "Which words, as the article prints them? (… between the parts of a broken quote)",
}
#: The actions that end the review of a quote.
_FINAL = ("accept", "reject", "skip")


class _Ended(Exception):
    """Whoever answers has no more to say."""


@click.command()
@click.option("--article", "article_id", metavar="ARTICLE", type=click.IntRange(min=1), help="Every quote of this article, sure or not.")
@click.option("--all", "every", is_flag=True, help="Every quote, sure or not.")
@click.option("--again", is_flag=True, help="What was skipped, too.")
@click.option("--speakers", "pairs_only", is_flag=True, help="Only the speakers and institutions that may be one.")
@by_option
@database_option
def review(article_id: int | None, every: bool, again: bool, pairs_only: bool, by: str, db: Path) -> None:
    """Go through what is unsure, and correct it.

    Shows each quote that is as likely wrong as right (or its speaker, title or institution) in its context, then the speakers and
    institutions that may be one, and asks. Answers are letters, one a line; they may come from a pipe. What you answered is stored at
    once, and is not asked again.
    """
    with changing(db) as store:
        session = _Session(store, by)
        last = "The next review goes on here."
        try:
            if not pairs_only:
                for quote in unsure(store, article_id=article_id, every=every or article_id is not None, again=again):
                    session.review_quote(quote)
            if article_id is None:
                for pair in candidates(store, again=again):
                    session.review_pair(pair)
            last = "That is all there is to review."
        except _Ended:
            pass
        finally:
            say(f"{session.summary()}. {last}")


class _Session:
    """One person's review: shows, asks, stores."""

    def __init__(self, store: Store, by: str) -> None:
        self._store = store
        self._by = by
        self._made: list[Correction] = []

    def summary(self) -> str:
        """What was done."""
        accepted, skipped = (sum(each.action == action for each in self._made) for action in ("accept", "skip"))
        return f"{len(self._made) - accepted - skipped} put right, {accepted} found right, {skipped} skipped"

    def review_quote(self, shown: Unsure) -> None:
        """Show a quote and ask about it, again after each change, until the answer is final."""
        current: Unsure | None = shown
        while current is not None:
            _show(current)
            answer = _choice("ynstiwku", _KEYS)
            number: int | None = current.quote_id
            if answer == "u":
                undone = self._undo()
                changed = None if undone is None else quote_of(self._store, undone)
                if undone is not None and undone.action in _FINAL and changed not in (None, number):
                    earlier = unsure_quote(self._store, changed)
                    if earlier is not None:
                        self.review_quote(earlier)
                elif changed is not None:
                    number = changed  # the number of a quote is made from its place, which may be another again
            elif self._correct(answer, current.quote_id):
                if answer in "ynk":
                    return
                number = quote_of(self._store, self._made[-1])
            current = None if number is None else unsure_quote(self._store, number)

    def _correct(self, answer: str, quote: int) -> bool:
        typed = _line(f"{_QUESTIONS[answer]} ").strip() if answer in _QUESTIONS else "-"
        value = None if typed == "-" else typed
        actions: dict[str, Callable[..., Correction]] = {
            "y": correcting.accept,
            "n": correcting.reject,
            "k": correcting.skip,
            "s": partial(correcting.correct_speaker, name=value),
            "t": partial(correcting.correct_title, title=value),
            "i": partial(correcting.correct_institution, institution=value),
            "w": partial(correcting.correct_words, words=[each for each in typed.split("…") if each.strip()]),
        }
        return bool(typed) and self._make(partial(actions[answer], self._store, quote, by=self._by))

    def review_pair(self, shown: Candidate) -> None:
        """Show two speakers or institutions that may be one, and ask until there is an answer."""
        decisions = {"y": correcting.merge, "n": correcting.apart, "k": correcting.leave_open}
        while True:
            say(f"\n{printable(shown.one)}\n{printable(shown.other)}\n  {printable(shown.reason)}")
            say(f"Are these two {shown.subject}s one?")
            answer = _choice("ynku", _KEYS_OF_PAIRS)
            if answer == "u":
                self._undo()
            elif self._make(partial(decisions[answer], self._store, shown.one_id, shown.other_id, by=self._by)):
                return

    def _make(self, make: Callable[[], Correction]) -> bool:
        """Make a correction, and say whether it could be made; one that is refused is reported, and asked for again."""
        try:
            with interrupts_held():
                self._made.append(make())
        except StoreError as error:
            say(printable(str(error)))
            return False
        return True

    def _undo(self) -> Correction | None:
        if not self._made:
            say("There is nothing to undo: `quotes corrections` lists what was put right before.")
            return None
        last = self._made.pop()
        with interrupts_held():
            undo(self._store, last.id, by=self._by)
        say(printable(f"Undone: {summary(last)}."))
        return last


def _choice(letters: str, keys: str) -> str:
    """One of the letters. Raises _Ended at the end of the input, or for `q`."""
    while True:
        answer = _line(f"[{'/'.join(letters)}/q/?] ").strip().lower()
        if answer == "q":
            raise _Ended
        if len(answer) == 1 and answer in letters:
            return answer
        say(keys)


def _line(prompt: str) -> str:
    """The next line of the input. Raises _Ended where there is none."""
    if sys.stderr is not None:
        click.echo(prompt, nl=False, err=True)
    line = b"" if sys.stdin is None else sys.stdin.buffer.readline()
    if not line:
        say("")
        raise _Ended
    return line.decode("utf-8", "replace")


def _show(shown: Unsure) -> None:
    """Print a quote in its context, its speaker, and what of that is unsure."""
    quote, speaker = shown.quote, shown.quote.speaker
    bold = sys.stderr is not None and sys.stderr.isatty()
    context, at = "", 0
    for start, end in shown.marks:
        mark = f"[{printable(shown.context[start:end])}]"
        context += printable(shown.context[at:start]) + (click.style(mark, bold=True) if bold else mark)
        at = end
    context += printable(shown.context[at:])
    who = "nobody" if speaker is None else f"{printable(described(speaker.name, speaker.title, speaker.institution))} ({speaker.kind})"
    doubt = f"  unsure: {', '.join(shown.because)}" if shown.because else ""
    say(f"\n{printable(shown.article)}\n  …{' '.join(context.split())}…")
    say(f"  said by {who}  {quote.confidence:.0%}{doubt}")

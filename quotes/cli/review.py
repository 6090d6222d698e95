"""`quotes review`: through what is unsure, one after the other, in the terminal or from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.correct import by_option, changing
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import database_option
from quotes.cli.streams import say
from quotes.errors import StoreError

if TYPE_CHECKING:
    from quotes.store import Store
    from quotes.store.correction_records import Correction
    from quotes.store.review_queue import Candidate, Unsure

_KEYS = """  y  right as it stands              n  not a quote
  s  another speaker                 w  other words
  t  another title                   i  another institution
  k  skip, and do not show it again  u  undo what you did last
  q  quit; the next review goes on here"""
_KEYS_OF_PAIRS = """  y  they are one    n  they are two
  k  skip, and do not show it again
  u  undo what you did last
  q  quit; the next review goes on here"""
_NONE = "-"
_QUESTIONS = {
    "s": f"Who said it? ({_NONE} for nobody)",
    "t": f"As what? ({_NONE} for no title)",
    "i": f"For whom? ({_NONE} for no institution)",
    "w": "Which words, as the article prints them? (… between the parts of a broken quote)",
}
#: What ends the look at a quote.
_LAST = ("accept", "reject", "skip")


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
    """Go through what is unsure, and put it right.

    Shows each quote that is as likely wrong as right (or its speaker, title or institution) in its context, then the speakers and
    institutions that may be one, and asks. Answers are letters, one a line; they may come from a pipe. What you answered is stored at
    once, and is not asked again.
    """
    with changing(db) as store:
        sitting = Sitting(store, by)
        try:
            if not pairs_only:
                sitting.quotes(article_id=article_id, every=every or article_id is not None, again=again)
            if article_id is None:
                sitting.pairs(again=again)
            sitting.close("That is all there is to review.")
        except _Ended:
            sitting.close("The next review goes on here.")
        except KeyboardInterrupt:
            sitting.close("The next review goes on here.")
            raise


class Sitting:
    """One person's review: shows, asks, stores."""

    def __init__(self, store: Store, by: str) -> None:
        self._store = store
        self._by = by
        self._made: list[Correction] = []

    def close(self, last: str) -> None:
        """Say what was done."""
        accepted = sum(each.action == "accept" for each in self._made)
        skipped = sum(each.action == "skip" for each in self._made)
        corrected = len(self._made) - accepted - skipped
        say(f"{corrected} put right, {accepted} found right, {skipped} skipped. {last}")

    def quotes(self, *, article_id: int | None, every: bool, again: bool) -> None:
        """Go through the quotes."""
        from quotes.store.review_queue import unsure

        for shown in unsure(self._store, article_id=article_id, every=every, again=again):
            self._quote(shown)

    def pairs(self, *, again: bool) -> None:
        """Go through the speakers and institutions that may be one."""
        from quotes.store.review_queue import candidates

        for shown in candidates(self._store, again=again):
            self._pair(shown)

    def _quote(self, shown: Unsure) -> None:
        from quotes.store.corrections import quote_of
        from quotes.store.review_queue import unsure_quote

        current: Unsure | None = shown
        while current is not None:
            _show(current)
            answer = self._choice("y n s t i w k u q ?", _KEYS)
            number: int | None = current.quote_id
            if answer == "u":
                undone = self._undo()
                there = None if undone is None else quote_of(self._store, undone)
                if undone is not None and undone.action in _LAST and there is not None and there != number:
                    earlier = unsure_quote(self._store, there)
                    if earlier is not None:
                        self._quote(earlier)
                elif there is not None:
                    number = there  # the number of a quote is made from its place, which may be another again
            elif self._put_right(answer, current.quote_id):
                if answer in "ynk":
                    return
                number = quote_of(self._store, self._made[-1])
            current = None if number is None else unsure_quote(self._store, number)

    def _put_right(self, answer: str, quote: int) -> bool:
        from quotes.store import correcting

        store, by = self._store, self._by
        if answer in _QUESTIONS:
            typed = _line(f"{_QUESTIONS[answer]} ").strip()
            if not typed:
                return False
            said = None if typed == _NONE else typed
        actions: dict[str, Callable[[], Correction]] = {
            "y": lambda: correcting.accept(store, quote, by=by),
            "n": lambda: correcting.reject(store, quote, by=by),
            "k": lambda: correcting.skip(store, quote, by=by),
            "s": lambda: correcting.correct_speaker(store, quote, said, by=by),
            "t": lambda: correcting.correct_title(store, quote, said, by=by),
            "i": lambda: correcting.correct_institution(store, quote, said, by=by),
            "w": lambda: correcting.correct_words(store, quote, [each for each in typed.split("…") if each.strip()], by=by),
        }
        return self._do(actions[answer])

    def _pair(self, shown: Candidate) -> None:
        from quotes.store import correcting

        one, other = shown.one_id, shown.other_id
        while True:
            say(f"\n{_plain(shown.one)}\n{_plain(shown.other)}\n  {_plain(shown.reason)}")
            say(f"Are these two {shown.subject}s one?")
            answer = self._choice("y n k u q ?", _KEYS_OF_PAIRS)
            actions: dict[str, Callable[[], Correction]] = {
                "y": lambda: correcting.merge(self._store, one, other, by=self._by),
                "n": lambda: correcting.apart(self._store, one, other, by=self._by),
                "k": lambda: correcting.leave_open(self._store, one, other, by=self._by),
            }
            if answer == "u":
                self._undo()
            elif self._do(actions[answer]):
                return

    def _do(self, make: Callable[[], Correction]) -> bool:
        """Store a correction; what cannot be is said, and asked again."""
        try:
            with interrupts_held():
                self._made.append(make())
        except StoreError as error:
            say(_plain(str(error)))
            return False
        return True

    def _undo(self) -> Correction | None:
        from quotes.store.correction_records import summary
        from quotes.store.corrections import undo

        if not self._made:
            say("There is nothing to undo: `quotes corrections` lists what was put right before.")
            return None
        last = self._made.pop()
        with interrupts_held():
            undo(self._store, last.id, by=self._by)
        say(_plain(f"Undone: {summary(last)}."))
        return last

    def _choice(self, letters: str, keys: str) -> str:
        """One of the letters. Raises _Ended at the end of the input, or for `q`."""
        allowed = letters.split()
        while True:
            answer = _line(f"[{'/'.join(allowed)}] ").strip().lower()
            if answer == "q":
                raise _Ended
            if answer in allowed and answer != "?":
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
    """A quote in its context, who is taken to have said it, and what of that is unsure."""
    quote, speaker = shown.quote, shown.quote.speaker
    parts, at = [], 0
    for start, end in shown.marks:
        parts += [_plain(shown.context[at:start]), _bold(f"[{_plain(shown.context[start:end])}]")]
        at = end
    context = "".join([*parts, _plain(shown.context[at:])])
    who = "nobody" if speaker is None else ", ".join(each for each in (speaker.name, speaker.title, speaker.institution) if each)
    kind = "" if speaker is None else f" ({speaker.kind})"
    doubt = f"  unsure: {', '.join(shown.because)}" if shown.because else ""
    say(f"\n{_plain(shown.article)}\n  …{' '.join(context.split())}…")
    say(f"  said by {_plain(who)}{kind}  {quote.confidence:.0%}{doubt}")


def _bold(text: str) -> str:
    return click.style(text, bold=True) if sys.stderr is not None and sys.stderr.isatty() else text


def _plain(text: str) -> str:
    """Text in which no control character of an article reaches the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)

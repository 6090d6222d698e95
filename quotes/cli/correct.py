"""`quotes correct`, `quotes corrections` and `quotes undo`: what people put right, made, listed, carried elsewhere and taken back."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import database_option
from quotes.cli.search_export import reading
from quotes.cli.streams import flush_data, put_json, put_line, reported_as, say
from quotes.errors import StoreError
from quotes.records import SpeakerKind

if TYPE_CHECKING:
    from quotes.store import Store
    from quotes.store.correction_records import Correction

Command = TypeVar("Command", bound=Callable[..., Any])
Step = Callable[["Store"], "Correction | list[Correction]"]

#: What can be put right about an article.
_OF_ARTICLES = ("headline", "author", "outlet", "published")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, as in a container
        return "unknown"


@contextmanager
def changing(db: Path) -> Iterator[Store]:
    """An existing database open for short changes, which wait for each other and can be made while `quotes add` is at work."""
    from quotes.store import Store

    if not db.exists():
        raise StoreError(f"{db}: there is no such database: `quotes add` makes it, or name another with --db")
    with interrupts_held():
        store = Store.open(db, create=True)
    try:
        yield store
    finally:
        with interrupts_held():
            store.close()


def by_option(command: Command) -> Command:
    """`--by`: who does it."""
    return click.option(
        "--by", metavar="NAME", default=_user, show_default="your user name", envvar="QUOTES_BY", show_envvar=True, help="Who does it."
    )(command)


@click.command()
@click.argument("ids", metavar="[QUOTE|ARTICLE]...", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Who said it: a speaker of the article, or a new name.")
@click.option("--no-speaker", is_flag=True, help="Nobody can be made out to have said it.")
@click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="With --speaker: what that is.  [default: as known, else person]")
@click.option("--title", metavar="TITLE", help="As what the speaker speaks.")
@click.option("--no-title", is_flag=True, help="The speaker has no title here.")
@click.option("--institution", metavar="NAME", help="For whom the speaker speaks.")
@click.option("--no-institution", is_flag=True, help="The speaker speaks for no institution here.")
@click.option(
    "--words", metavar="WORDS", multiple=True, help="The words of the quote as the article prints them; again for each further part."
)
@click.option("--spans", metavar="JSON", help="The same by their places in the text: '[[120,163]]'.")
@click.option("--not-a-quote", is_flag=True, help="It is no quote.")
@click.option("--right", is_flag=True, help="It is right as it stands: nothing changes, and `quotes review` passes it over.")
@click.option("--whole-article", is_flag=True, help="Speaker, title or institution: in all that this speaker says in the article.")
@click.option("--headline", metavar="TEXT", help="The headline of ARTICLE.")
@click.option("--no-headline", is_flag=True, help="The article has no headline.")
@click.option("--author", metavar="NAME", multiple=True, help="Who wrote ARTICLE; again for each further writer.")
@click.option("--no-author", is_flag=True, help="Nobody signed the article.")
@click.option("--outlet", metavar="NAME", help="Who published ARTICLE.")
@click.option("--no-outlet", is_flag=True, help="It is not known who published it.")
@click.option("--published", metavar="DATE", help="When ARTICLE was published, such as 2026-03-31.")
@click.option("--no-published", is_flag=True, help="It is not known when it was published.")
@click.option("--merge", metavar="A B", nargs=2, help="Two speakers or institutions are one, in all articles.")
@click.option("--apart", metavar="A B", nargs=2, help="Two that may be taken for one are two.")
@click.option("--split", metavar="SPEAKER", help="In the articles named after it, it is somebody else: --split SPEAKER ARTICLE...")
@click.option("--rename", metavar="SPEAKER NAME", nargs=2, help="The name to show for a speaker or institution.")
@click.option("--why", metavar="TEXT", help="Why.")
@by_option
@database_option
def correct(ids: Sequence[str], db: Path, by: str, why: str | None, **said: Any) -> None:
    """Put something right, for good.

    QUOTE is the number of a quote, as `quotes search --json` and the site give it; A, B and SPEAKER are names or numbers; ARTICLE is a
    number, a path, or a folder of articles. A correction is applied after every run, whatever model finds the quotes, until `quotes undo`
    takes it back.

    \b
    quotes correct 81985529216486 --speaker "Ines Duarte" --title mayor
    quotes correct 81985529216486 --words "It will hold again"
    quotes correct news/quay.txt --outlet "Salin Courier" --published 2026-03-31
    quotes correct --merge "Bill Quill" "William Quill"
    """
    steps = _steps(ids, said, {"by": by, "why": why})
    with changing(db) as store:
        for step in steps:
            with interrupts_held():
                made = step(store)
            for each in made if isinstance(made, list) else [made]:
                tell(each)


def tell(made: Correction) -> None:
    """Say what was put right, and how to take it back."""
    from quotes.store.correction_records import summary

    say(f"Correction {made.id}: {summary(made)}. `quotes undo {made.id}` takes it back.")


def _steps(ids: Sequence[str], said: dict[str, Any], who: dict[str, Any]) -> list[Step]:
    """What the options ask for, to be done one after the other; raises UsageError for what does not go together."""
    from quotes.store import correcting

    about_speakers = [name for name in ("merge", "apart", "split", "rename") if said[name]]
    about_articles = [name for name, value in said.items() if value and name.removeprefix("no_") in _OF_ARTICLES]
    about_quotes = [name for name, value in said.items() if value and name not in (*about_speakers, *about_articles)]
    if len(about_speakers) + bool(about_quotes) + bool(about_articles) > 1:
        raise click.UsageError(f"One thing at a time: leave out --{_option((about_speakers + about_articles)[0])}, or the rest.")
    if about_articles:
        return [_of_articles(ids, said, who)]
    if about_speakers:
        action = about_speakers[0]
        if action == "split":
            if not ids:
                raise click.UsageError("Name the articles after the speaker: --split SPEAKER ARTICLE...")
            return [lambda store: correcting.split(store, said["split"], list(ids), **who)]
        if ids:
            raise click.UsageError(f"--{action} takes two names and no quote; put names of several words in quotation marks.")
        one, other = said[action]
        return [lambda store: getattr(correcting, action)(store, one, other, **who)]
    if not about_quotes:
        raise click.UsageError("Say what to put right, such as --speaker NAME or --not-a-quote; `quotes correct --help` lists it all.")
    if not ids:
        raise click.UsageError("Name the quote by its number: `quotes search WORDS --json` prints it as `id`.")
    for opposite in ("speaker", "title", "institution"):
        if said[opposite] is not None and said[f"no_{opposite}"]:
            raise click.UsageError(f"--{opposite} and --no-{opposite} do not go together.")
    if said["words"] and said["spans"]:
        raise click.UsageError("--words and --spans do not go together: the one gives the words, the other their places.")
    for alone in ("not_a_quote", "right"):
        if said[alone] and len(about_quotes) > 1:
            raise click.UsageError(f"--{_option(alone)} goes with nothing else.")
    if said["kind"] and said["speaker"] is None:
        raise click.UsageError("--kind goes with --speaker.")
    return [step for each in ids for step in _of_quote(_number(each), said, who)]


def _of_quote(quote: int, said: dict[str, Any], who: dict[str, Any]) -> list[Step]:
    from quotes.store import correcting

    if said["not_a_quote"]:
        return [lambda store: correcting.reject(store, quote, **who)]
    if said["right"]:
        return [lambda store: correcting.accept(store, quote, **who)]
    steps: list[Step] = []
    parts = {part: said[part] for part in ("title", "institution") if said[part] is not None}
    parts |= {part: None for part in ("title", "institution") if said[f"no_{part}"]}
    whole = {"whole_article": said["whole_article"], **who}
    if said["speaker"] is not None or said["no_speaker"]:
        steps.append(lambda store: correcting.correct_speaker(store, quote, said["speaker"], kind=said["kind"], **parts, **whole))
    else:
        if "title" in parts:
            steps.append(lambda store: correcting.correct_title(store, quote, parts["title"], **whole))
        if "institution" in parts:
            steps.append(lambda store: correcting.correct_institution(store, quote, parts["institution"], **whole))
    # Last, since the number of a quote is made from its place.
    if said["words"]:
        steps.append(lambda store: correcting.correct_words(store, quote, said["words"], **who))
    if said["spans"]:
        places = _json(said["spans"])
        steps.append(lambda store: correcting.correct_spans(store, quote, places, **who))
    if not steps:
        raise click.UsageError("--whole-article goes with --speaker, --title or --institution.")
    return steps


def _of_articles(ids: Sequence[str], said: dict[str, Any], who: dict[str, Any]) -> Step:
    from quotes.store import correcting

    if not ids:
        raise click.UsageError("Name the article by its number or path, or the folder that it is in.")
    for part in _OF_ARTICLES:
        if said[part] and said[f"no_{part}"]:
            raise click.UsageError(f"--{part} and --no-{part} do not go together.")
    change = {part: said[part] for part in _OF_ARTICLES if said[part]} | {part: None for part in _OF_ARTICLES if said[f"no_{part}"]}
    if "author" in change:
        change["byline"] = change.pop("author") or ()
    return lambda store: correcting.correct_articles(store, list(ids), **change, **who)


def _option(name: str) -> str:
    return name.replace("_", "-")


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > 18:
        raise click.UsageError(f"{word} is no number of a quote: `quotes search WORDS --json` prints it as `id`.")
    return int(word)


def _json(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError as error:
        raise click.UsageError("--spans takes pairs of numbers in JSON, such as '[[120,163]]'.") from error


@click.command()
@click.option("--undone", is_flag=True, help="Those that were undone too.")
@click.option("--marks", is_flag=True, help="What a review found right or left open too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
@click.option("--export", "to", metavar="FILE", help="Write all of them to a file, to be imported elsewhere; - for standard output.")
@click.option("--import", "source", metavar="FILE", help="Take over what --export wrote; - for standard input.")
@database_option
def corrections(undone: bool, marks: bool, as_json: bool, to: str | None, source: str | None, db: Path) -> None:
    """List what people put right; carry it to another database.

    A correction is `dormant` while what it is about is not found: its article is not stored, or the quote is not found any more.
    Importing the same file twice changes nothing; corrections may come before their articles.
    """
    if sum(map(bool, (to, source, undone or marks or as_json))) > 1:
        raise click.UsageError("List, --export or --import: one at a time.")
    if source is not None:
        _import(source, db)
    elif to is not None:
        _export(to, db)
    else:
        _list(db, undone=undone, marks=marks, as_json=as_json)


def _list(db: Path, *, undone: bool, marks: bool, as_json: bool) -> None:
    from quotes.store.correction_records import summary
    from quotes.store.corrections import listed

    count = 0
    with reading(db) as store:
        for each in listed(store, undone=undone, marks=marks):
            count += 1
            made = each.correction
            if as_json:
                put_json({**made.as_json(), "state": each.state, "because": each.because})
            else:
                state = f"  [{each.state}{f': {each.because}' if each.because else ''}]" if each.state != "in force" else ""
                why = f"  ({made.why})" if made.why else ""
                put_line(_plain(f"{made.id:>5}  {made.at[:16].replace('T', ' ')}  {made.by}: {summary(made)}{why}{state}"))
    flush_data()
    if not count:
        say("No corrections.")


def _export(to: str, db: Path) -> None:
    from quotes.store.corrections import export

    with reading(db) as store:
        records = list(export(store))
    if to == "-":
        for each in records:
            put_json(each)
        flush_data()
    else:
        path = Path(to)
        with reported_as(path):
            lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records)
            path.write_text(lines, encoding="utf-8", errors="backslashreplace")
    say(f"{len(records)} corrections written{'' if to == '-' else f' to {to}'}.")


def _import(source: str, db: Path) -> None:
    from quotes.store.corrections import imported, listed

    records = list(_records(source))
    with changing(db) as store:
        with interrupts_held():
            done = imported(store, records, where=source)
        dormant = sum(each.state == "dormant" for each in listed(store))
    waiting = f"; {dormant} of all are dormant, `quotes corrections` says why" if dormant else ""
    say(f"{done.new} new, {done.undone} undone, {done.known} known{waiting}.")


def _records(source: str) -> Iterator[object]:
    """The object of each line."""
    if source == "-" and sys.stdin is None:
        raise click.ClickException("-: standard input is closed, give a file or pipe the corrections in")
    with reported_as(Path(source)):
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    for number, line in enumerate(content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise click.ClickException(f"{source}:{number}: not JSON: import what `quotes corrections --export` wrote") from error


@click.command()
@click.argument("numbers", metavar="CORRECTION...", nargs=-1, required=True, type=click.IntRange(min=1))
@by_option
@database_option
def undo(numbers: Sequence[int], db: Path, by: str) -> None:
    """Take corrections back.

    CORRECTION is the number that `quotes corrections` lists. All is then as if it had never been made; later corrections stay.
    """
    from quotes.store.correction_records import summary
    from quotes.store.corrections import undo as undo_correction

    with changing(db) as store:
        for number in numbers:
            with interrupts_held():
                undone = undo_correction(store, number, by=by)
            say(f"Correction {number} is undone: {summary(undone)}.")


def _plain(line: str) -> str:
    """A line in which no control character of an article reaches the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in line)

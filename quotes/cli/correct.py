"""`quotes correct`, `quotes corrections` and `quotes undo`: corrections made, listed, carried elsewhere and undone."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click

from quotes.cli.intake import changing, reading
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import database_option
from quotes.cli.terminal import flush_data, printable, put_json, put_line, read_standard_input, say
from quotes.records import SpeakerKind
from quotes.store import corrections as store_corrections
from quotes.store.corrections import correcting
from quotes.store.overrides.correction_records import summary

#: What can be corrected of a quote, and of an article: each has an option --no-… that says there is none.
_OF_QUOTES = ("speaker", "title", "institution")
_OF_ARTICLES = ("headline", "author", "outlet", "published")
_OF_SPEAKERS = ("merge", "apart", "split", "rename")

_WORDS_HELP = "The words of the quote as the article prints them; again for each further part."


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, as in a container
        return "unknown"


#: `--by`: who does it.
by_option = click.option(
    "--by", metavar="NAME", default=_user, show_default="your user name", envvar="QUOTES_BY", show_envvar=True, help="Who does it."
)


@click.command()
@click.argument("ids", metavar="[QUOTE|ARTICLE]...", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Who said it: a speaker of the article, or a new name.")
@click.option("--no-speaker", is_flag=True, help="Nobody can be made out to have said it.")
@click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="With --speaker: what that is.  [default: as known, else person]")
@click.option("--title", metavar="TITLE", help="As what the speaker speaks.")
@click.option("--no-title", is_flag=True, help="The speaker has no title here.")
@click.option("--institution", metavar="NAME", help="For whom the speaker speaks.")
@click.option("--no-institution", is_flag=True, help="The speaker speaks for no institution here.")
@click.option("--words", metavar="WORDS", multiple=True, help=_WORDS_HELP)
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
def correct(ids: Sequence[str], db: Path, by: str, why: str | None, **options: Any) -> None:
    """Correct quotes, articles and speakers, for good.

    QUOTE is the number of a quote, as `quotes search --json` and the site give it; A, B and SPEAKER are names or numbers; ARTICLE is a
    number, a path, or a folder of articles. A correction is applied after every run, whatever model finds the quotes, until `quotes undo`
    takes it back.

    \b
    quotes correct 81985529216486 --speaker "Ines Duarte" --title mayor
    quotes correct 81985529216486 --words "It will hold again"
    quotes correct news/quay.txt --outlet "Salin Courier" --published 2026-03-31
    quotes correct --merge "Bill Quill" "William Quill"
    """
    steps = [partial(step, by=by, why=why) for step in _steps(ids, options)]
    with changing(db) as store:
        for step in steps:
            with interrupts_held():
                made = step(store)
            for each in made if isinstance(made, list) else [made]:
                say(f"Correction {each.id}: {summary(each)}. `quotes undo {each.id}` takes it back.")


def _steps(ids: Sequence[str], options: dict[str, Any]) -> list[Callable[..., Any]]:
    """What the options ask for, to be done to a store one after the other; raises UsageError for what does not go together."""
    for name, value in options.items():
        if value == "":
            raise click.UsageError(f"{_option(name)} is empty; to say that there is none, use {_option(f'no_{name}')} where there is one.")
    given = [name for name, value in options.items() if value]
    of_speakers = [name for name in given if name in _OF_SPEAKERS]
    of_articles = [name for name in given if name.removeprefix("no_") in _OF_ARTICLES]
    of_quotes = [name for name in given if name not in (*of_speakers, *of_articles)]
    if len(of_speakers) + bool(of_quotes) + bool(of_articles) > 1:
        raise click.UsageError(f"One thing at a time: leave out {_option((of_speakers + of_articles)[0])}, or the rest.")
    for name in given:
        if f"no_{name}" in given:
            raise click.UsageError(f"{_option(name)} and {_option(f'no_{name}')} do not go together.")
    if of_speakers:
        return [_step_of_speakers(of_speakers[0], ids, options)]
    if of_articles:
        if not ids:
            raise click.UsageError("Name the article by its number or path, or the folder that it is in.")
        change = _changes(options, _OF_ARTICLES)
        if "author" in change:
            change["byline"] = change.pop("author") or ()
        return [partial(correcting.correct_articles, articles=list(ids), **change)]
    wrong = {
        "Say what to correct, such as --speaker NAME or --not-a-quote; `quotes correct --help` lists it all.": not given,
        "--whole-article goes with --speaker, --title or --institution.": given == ["whole_article"],
        "Name the quote by its number: `quotes search WORDS --json` prints it as `id`.": not ids,
        "--words and --spans do not go together: the one gives the words, the other their places.": {"words", "spans"} <= {*given},
        "--not-a-quote goes with nothing else.": "not_a_quote" in given and len(given) > 1,
        "--right goes with nothing else.": "right" in given and len(given) > 1,
        "--kind goes with --speaker.": "kind" in given and "speaker" not in given,
    }
    for message, true in wrong.items():
        if true:
            raise click.UsageError(message)
    for each in ids:
        if not each.isdecimal() or len(each) > 18:
            raise click.UsageError(f"{each} is no number of a quote: `quotes search WORDS --json` prints it as `id`.")
    return [partial(step, quote_id=int(each)) for each in ids for step in _steps_of_quotes(options)]


def _step_of_speakers(action: str, ids: Sequence[str], options: dict[str, Any]) -> Callable[..., Any]:
    if action == "split":
        if not ids:
            raise click.UsageError("Name the articles after the speaker: --split SPEAKER ARTICLE...")
        return partial(correcting.split, speaker=options["split"], articles=list(ids))
    if ids:
        raise click.UsageError(f"--{action} takes two names and no quote; put names of several words in quotation marks.")
    one, other = options[action]
    if action == "rename":
        return partial(correcting.rename, speaker=one, name=other)
    return partial(correcting.merge if action == "merge" else correcting.apart, one=one, other=other)


def _steps_of_quotes(options: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """What the options ask for, to be done to each quote."""
    if options["not_a_quote"]:
        yield correcting.reject
    if options["right"]:
        yield correcting.accept
    change, whole = _changes(options, _OF_QUOTES), options["whole_article"]
    if "speaker" in change:
        yield partial(correcting.correct_speaker, name=change.pop("speaker"), kind=options["kind"], **change, whole_article=whole)
    elif "title" in change:
        yield partial(correcting.correct_title, title=change["title"], whole_article=whole)
    if "institution" in change and not (options["speaker"] or options["no_speaker"]):
        yield partial(correcting.correct_institution, institution=change["institution"], whole_article=whole)
    # Last, since the number of a quote is made from its place.
    if options["words"]:
        yield partial(correcting.correct_words, words=options["words"])
    if options["spans"]:
        try:
            yield partial(correcting.correct_spans, spans=json.loads(options["spans"]))
        except ValueError as error:
            raise click.UsageError("--spans takes pairs of numbers in JSON, such as '[[120,163]]'.") from error


def _changes(options: dict[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    """What is to be changed to what; None where an option says that there is none."""
    return {part: options[part] or None for part in parts if options[part] or options[f"no_{part}"]}


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


@click.command()
@click.option("--undone", is_flag=True, help="Those that were undone too.")
@click.option("--marks", is_flag=True, help="What a review found right or left open too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
@click.option("--export", "to", metavar="FILE", help="Write all of them to a file, to be imported elsewhere; - for standard output.")
@click.option("--import", "source", metavar="FILE", help="Take over what --export wrote; - for standard input.")
@database_option
def corrections(undone: bool, marks: bool, as_json: bool, to: str | None, source: str | None, db: Path) -> None:
    """List corrections; carry them to another database.

    A correction is `dormant` while what it is about is not found: its article is not stored, or the quote is not found any more.
    Importing the same file twice changes nothing; corrections may come before their articles.
    """
    if sum(map(bool, (to, source, undone or marks or as_json))) > 1:
        raise click.UsageError("List, --export or --import: one at a time.")
    if source is not None:
        _import(source, db)
        return
    with reading(db) as store:
        listed = list(store_corrections.listed(store, undone=undone, marks=marks))
        records = (
            list(store_corrections.export(store))
            if to is not None
            else [{**each.correction.as_json(), "state": each.state, "because": each.because} for each in listed]
        )
    if to is not None and to != "-":
        lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records)
        Path(to).write_text(lines, encoding="utf-8", errors="backslashreplace")
    elif to == "-" or as_json:
        for record in records:
            put_json(record)
    else:
        for each in listed:
            made = each.correction
            state = f"  [{each.state}{f': {each.because}' if each.because else ''}]" if each.state != "in force" else ""
            why = f"  ({made.why})" if made.why else ""
            put_line(printable(f"{made.id:>5}  {made.at[:16].replace('T', ' ')}  {made.by}: {summary(made)}{why}{state}"))
    flush_data()
    if to is not None:
        say(f"{len(records)} corrections written{'' if to == '-' else f' to {to}'}.")
    elif not listed:
        say("No corrections.")


def _import(source: str, db: Path) -> None:
    content = read_standard_input("the corrections") if source == "-" else Path(source).read_bytes()
    records = []
    for number, line in enumerate(content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            try:
                records.append(json.loads(line))
            except ValueError as error:
                raise click.ClickException(f"{source}:{number}: not JSON: import what `quotes corrections --export` wrote") from error
    with changing(db) as store:
        with interrupts_held():
            done = store_corrections.imported(store, records, where=source)
        dormant = sum(each.state == "dormant" for each in store_corrections.listed(store))
    waiting = f"; {dormant} of all are dormant, `quotes corrections` says why" if dormant else ""
    say(f"{done.new} new, {done.undone} undone, {done.known} known{waiting}.")


@click.command()
@click.argument("numbers", metavar="CORRECTION...", nargs=-1, required=True, type=click.IntRange(min=1))
@by_option
@database_option
def undo(numbers: Sequence[int], db: Path, by: str) -> None:
    """Take corrections back.

    CORRECTION is the number that `quotes corrections` lists. All is then as if it had never been made; later corrections stay.
    """
    with changing(db) as store:
        for number in numbers:
            with interrupts_held():
                undone = store_corrections.undo(store, number, by=by)
            say(f"Correction {number} is undone: {summary(undone)}.")

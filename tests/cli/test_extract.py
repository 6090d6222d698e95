"""`quotes extract`: JSON Lines on standard output, everything else on standard error."""

import json

import stand_ins
from stand_ins import WEIR

from quotes.cli.options import COLUMNS
from quotes.readers.tables.columns import USUAL_NAMES


def quotes_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_quote_is_one_json_object(run):
    """With the fields that programs outside rely on."""
    first, second = quotes_of(run("extract", "news/weir.txt"))

    start, end = first["spans"][0]
    assert first == {
        "article": "news/weir.txt",
        "kind": "direct",
        "act": "speech",
        "text": "“The weir held all night,”",
        "spans": [[start, end]],
        "cue": {"text": "said", "spans": [[39, 43]]},
        "mention": {"text": "Ines Duarte", "spans": [[44, 55]]},
        "speaker": {
            "name": "Ines Duarte",
            "kind": "person",
            "title": "mayor",
            "institution": "Salin",
            "past": False,
            "role": "unknown",
            "role_evidence": None,
            "outlet": False,
            "affiliations": [
                {"title": "mayor", "institution": "Salin", "title_span": [57, 62], "institution_span": [66, 71], "past": False},
            ],
            "confidence": {"name": None, "title": None, "institution": None},
        },
        "confidence": 0.9,
        "unsure": False,
        "zone": "body",
        "topics": [],
    }
    assert WEIR[start:end] == first["text"]
    assert (second["act"], second["speaker"], second["cue"], second["mention"]) == ("thought", None, None, None)


def test_acts_and_confidence_narrow_the_quotes(run):
    """`--act` may be repeated."""
    assert [quote["act"] for quote in quotes_of(run("extract", "news/weir.txt", "--act", "thought"))] == ["thought"]
    assert len(quotes_of(run("extract", "news", "--act", "thought", "--act", "speech"))) == 3
    assert len(quotes_of(run("extract", "news", "--min-confidence", "0.5"))) == 2


def test_what_cannot_be_read_is_one_line_and_the_rest_is_done(run):
    """Exit status 1, whether the reader or the extractor gave up."""
    with open("news/bad.txt", "w") as file:
        file.write("UNREADABLE, and that at length.")
    result = run("extract", "none.txt", "news")

    assert result.exit_code == 1
    assert len(quotes_of(result)) == 3
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["none.txt", "news/bad.txt"]


def test_model_and_pipeline_reach_the_extractor(run):
    """Without a name the best extractor that is installed is taken."""
    run("extract", "news", "--spacy-model", "en_other")
    assert stand_ins.asked == {"model": "rules", "spacy_model": "en_other"}

    run("extract", "news", "--model", "best")
    assert stand_ins.asked["model"] == "best"


def test_every_column_has_an_option():
    """The options are those of the readers."""
    assert list(COLUMNS) == list(USUAL_NAMES)

"""Interviews and transcripts: whose words stand behind a label."""

import pytest

pytestmark = pytest.mark.model

MARKED = """Interview: Petra Lindahl, director of the Vell Museum

Petra Lindahl took over the museum in March.

Q: Is the museum broke?
A: No. It is poor, which is another thing.

We have lived with that for a century.

Q: What will you sell?
A: (laughs) Nothing. Not a spoon.

The museum opens again on 4 May.
"""
BARE = """Five questions for Nora Quill

The economist has written a book about bread.

Q Why bread?

A Everybody buys it.

Q What does it cost?

A More than you pay.
"""
TWO = """The surgeon Anil Rao and the nurse Colette Marsh run the last clinic on the island.

Question: Who pays for it?

Answer: Nobody, most months.

Question: And the rest?

Answer: We do.
"""
INITIALS = """The coach and her captain on a lost season.

DK: Where did it go wrong?

LM: In August. We lost three players, and nobody replaced them.

RT: I was one of them.

DK: Will you stay?

LM: Ask me in June.

Lena Marsh coaches the Osk Harriers; Ruth Tamm is her captain. The interview was conducted by David Kerr.
"""
BROADCAST = """MARA DUNN, HOST: Good evening. The dam at Orre is leaking tonight.

(APPLAUSE)

EWAN TRASK, ENGINEER: It has leaked since March.

DUNN (voice-over): Did anybody listen?

TRASK: (INAUDIBLE)

DUNN: We will be right back.
"""
LINDAHL, KERR, MARSH, TAMM = "Petra Lindahl", "David Kerr", "Lena Marsh", "Ruth Tamm"


def turns(nlp, text):
    """The first word and the speaker of each quote, in order, that a cue of words does not introduce."""
    quotes = [quote for quote in nlp(text)._.quotes if not quote["cue"] or not any(map(str.isalpha, quote["cue"]["text"]))]
    return [(quote["text"].split()[0], quote["speaker"]["name"] if quote["speaker"] else None) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MARKED, [("Is", None), ("No.", LINDAHL), ("What", None), ("Nothing.", LINDAHL)]),
        (BARE, [("Why", None), ("Everybody", "Nora Quill"), ("What", None), ("More", "Nora Quill")]),
        (TWO, [("Who", None), ("Nobody,", None), ("And", None), ("We", None)]),
        (INITIALS, [("Where", KERR), ("In", MARSH), ("I", TAMM), ("Will", KERR), ("Ask", MARSH)]),
        (BROADCAST, [("Good", "MARA DUNN"), ("It", "EWAN TRASK"), ("Did", "MARA DUNN"), ("We", "MARA DUNN")]),
    ],
)
def test_whose_turn_it_is(nlp, text, expected):
    """Answers are the interviewee's, nobody's where two may be meant; initials are people's; an aside is no quote."""
    assert turns(nlp, text) == expected


def test_an_answer_goes_on_to_the_next_label(nlp):
    """A paragraph without a label between two turns is the first one's."""
    answer = next(quote for quote in nlp(MARKED)._.quotes if quote["text"].startswith("No."))
    assert [MARKED[start:end] for start, end in answer["spans"]][1].startswith("We have lived")

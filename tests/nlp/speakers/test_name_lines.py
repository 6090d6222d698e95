"""Who speaks where nothing but the layout says so: name lines above and below quotes."""

import pytest

pytestmark = pytest.mark.model

ABOVE = """The pool reopened on Saturday.

Rosa Delgado, 19

"It smells the same, and that is the best thing."

KWAME ASANTE, LIFEGUARD

"We trained all winter for this."

Ingrid van der Meer – pensioner

"The water is colder than I remember."

"But I will be back tomorrow."
"""
TOUCHING = """What shoppers say
Lena Hartwell, 62, retired nurse
“I come for the bread and stay for the gossip.”

Dr Osman Tekin (49), dentist
“Parking is a disgrace.”

Bea Lindqvist, 41, who runs the bakery
“We sold out by eight.”

Ola Fenwick, 30, runs the ferry
“They all come by water.”
"""
BELOW = """The school will close in June, the county said. Parents gathered at the gate.

“Nobody asked the children.”

Priya Raman, 38, accountant

“My son cried all night.”

Tom Askew, 45, plumber

“They will regret it at the polls.”

Gwen Moss

The county will meet again in May.
"""
ONE = """The ferry was sold on Monday.

Hal Marrow, 51, plumber
“I heard it on the radio like everybody else.”

The buyer gave no reason.
"""
CAPTION = """The tower was shut on Monday.

“It was unsafe,” said Harold Nye, the borough surveyor.

Lisa Benn, a neighbour

“We had warned them for years.”
"""


def speakers(nlp, text):
    """Name and title of the speaker of each direct quote, in order."""
    found = [quote["speaker"] for quote in nlp(text)._.quotes if quote["kind"] == "direct"]
    return [
        (speaker["name"], speaker["affiliations"][0]["title"] if speaker["affiliations"] else None) if speaker else None
        for speaker in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ABOVE,
            [("Rosa Delgado", None), ("KWAME ASANTE", "LIFEGUARD"), *[("Ingrid van der Meer", "pensioner")] * 2],
        ),
        (TOUCHING, [("Lena Hartwell", "retired nurse"), ("Osman Tekin", "dentist"), ("Bea Lindqvist", None), ("Ola Fenwick", None)]),
        (BELOW, [("Priya Raman", "accountant"), ("Tom Askew", "plumber"), ("Gwen Moss", None)]),
        (ONE, [("Hal Marrow", "plumber")]),
    ],
)
def test_a_quote_is_of_the_one_whose_name_line_stands_beside_it(nlp, text, expected):
    """Above or below, once for the run; the title from the line."""
    assert speakers(nlp, text) == expected


def test_a_caption_takes_no_quote(nlp):
    """What no age, job or other line of its kind shows to be a name line leaves the quote where it was."""
    assert [each and each[0] for each in speakers(nlp, CAPTION)] == ["Harold Nye", "Harold Nye"]


def test_the_name_line_is_the_mention(nlp):
    """As printed, so that a reader sees why."""
    mention = next(quote["mention"] for quote in nlp(ONE)._.quotes if quote["kind"] == "direct")
    assert mention["text"] == "Hal Marrow, 51, plumber"

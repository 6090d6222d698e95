"""Bodies that somebody belongs to by what an article says elsewhere: offices, governments, committees, owners, sides."""

import pytest
from treebank import doc_of

from quotes.components.detector import detector
from quotes.components.resolver import resolver


def speaker(text):
    """Title and institution of who says the last quote."""
    found = resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]
    return found["title"], found["institution"]


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        (
            "Two men were held, the Tarn County Sheriff's Office announced. Sheriff Imre Fodor said the well was dry.",
            "Sheriff",
            "Tarn County Sheriff's Office",
        ),
        (
            "Fodor’s office was closed. Sheriff Imre Fodor said the well was dry.",
            "Sheriff",
            None,
        ),
        (
            "The U.S. Attorney's Office for Tarn was closed. Defense attorney Imre Fodor said the well was dry.",
            "Defense attorney",
            None,
        ),
        (
            "The Turkish government was silent. Turkish president Imre Fodor said the well was dry.",
            "Turkish president",
            None,
        ),
        (
            "Imre Fodor met farmers, who doubted that his government would pay. The Turkish government was silent. "
            "Turkish president Imre Fodor said the well was dry.",
            "Turkish president",
            "Turkish government",
        ),
        (
            "The Turkish government was silent. French president Imre Fodor said the well was dry.",
            "French president",
            None,
        ),
        (
            "Ann Lee testified before the Senate Water Committee, where lawmakers were angry. Sen. Imre Fodor said the well was dry.",
            "Sen.",
            "Senate Water Committee",
        ),
        (
            "Ann Lee testified before the Senate Water Committee. Sen. Imre Fodor said the well was dry.",
            "Sen.",
            None,
        ),
        (
            "Ann Lee testified before the House Water Committee, where lawmakers were angry. Sen. Imre Fodor said the well was dry.",
            "Sen.",
            None,
        ),
        (
            "The board put Imre Fodor in charge of Tarn Water. Fodor said the well was dry.",
            None,
            "Tarn Water",
        ),
        (
            "There was a shake-up at Tarn Water. The mayor put Imre Fodor in charge. Fodor said the well was dry.",
            None,
            "Tarn Water",
        ),
        (
            "There was a shake-up at Tarn Water. The mayor put Imre Fodor, a surgeon, in charge. Fodor said the well was dry.",
            "surgeon",
            "Tarn Water",
        ),
        (
            "Ann Lee appeared before the Senate Water Committee. Sen. Imre Fodor told her the well was dry.",
            "Sen.",
            "Senate Water Committee",
        ),
        (
            "The mayor tapped Imre Fodor to lead Tarn Water. Fodor said the well was dry.",
            None,
            "Tarn Water",
        ),
    ],
)
def test_an_office_a_government_a_committee_or_a_charge(text, title, institution):
    """An office that is called by a name, another's government, a committee of the other chamber are not theirs."""
    assert speaker(text) == (title, institution)


@pytest.mark.parametrize(
    ("text", "institution"),
    [
        (
            "Tarn Water, part of the Bay Group, said the well was dry.",
            "Bay Group",
        ),
        (
            "Tarn Water, a unit of the Bay Group, said the well was dry.",
            "Bay Group",
        ),
        (
            "Tarn University’s Soil Institute said the well was dry.",
            "Tarn University",
        ),
        (
            "Tarn Water is a unit of the Bay Group. Tarn Water said the well was dry.",
            "Bay Group",
        ),
        (
            "Tarn Water, a rival of the Bay Group, said the well was dry.",
            None,
        ),
    ],
)
def test_a_body_is_a_part_of_another(text, institution):
    assert speaker(text)[1] == institution


@pytest.mark.parametrize(
    ("text", "institution"),
    [
        (
            "Republicans on the Water Committee said the well was dry.",
            "Water Committee",
        ),
        (
            "The nurses, members of a new group called Nurses for Tarn, arrived. The nurses said the well was dry.",
            "Nurses for Tarn",
        ),
        (
            "Tarn Water was sold on Monday. Workers at the company said the well was dry.",
            "Tarn Water",
        ),
        (
            "The nurses arrived. The nurses said the well was dry.",
            None,
        ),
        (
            "Ann Lee testified before the House Water Committee, where lawmakers were angry. Lawmakers said the well was dry.",
            "House Water Committee",
        ),
    ],
)
def test_people_without_a_name_have_the_body_that_stands_beside_their_noun(text, institution):
    """Here, or where they came in."""
    assert speaker(text)[1] == institution


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (
            "Imre Fodor scored 20 points for the Herons, who won 90-81. They had won 70-60. Fodor said the well was dry.",
            "Herons",
        ),
        (
            "Imre Fodor kept France’s hopes alive with a 6-3, 6-4 win. Fodor said the well was dry.",
            "France",
        ),
        (
            "Imre Fodor beat Ann Lee 6-3, 6-4 to seal victory for France. Fodor said the well was dry.",
            "France",
        ),
        (
            "France beat Spain after Imre Fodor defeated Ann Lee 6-3, 6-4. Fodor said the well was dry.",
            "France",
        ),
        (
            "France lost to Spain after Ann Lee defeated Imre Fodor 6-3, 6-4. Fodor said the well was dry.",
            "France",
        ),
        (
            "Imre Fodor scored 20 points in Tarn’s 90-81 win. They had won 70-60. Fodor said the well was dry.",
            "Tarn",
        ),
        (
            "Imre Fodor scored 20 points for the Herons. Fodor said the well was dry.",
            None,
        ),
        (
            "Imre Fodor voted for France. It was 6-3, 6-4. Fodor said the well was dry.",
            None,
        ),
    ],
)
def test_who_plays_has_the_side_that_it_was_done_for(text, side):
    """In a report that prints results; elsewhere one does much for others."""
    assert speaker(text)[1] == side

from importlib.resources import files
from typing import get_args

import pytest

from quotes import lexicons
from quotes.records import ACTS, SpeakerRole

LISTS = sorted(path.name for path in files("quotes.lexicons").iterdir() if path.name.endswith((".txt", ".tsv")))
#: How many columns name a row; the rest say something of it.
KEYS = {"particles.tsv": 2, "confidence.tsv": 2, "outlets.tsv": 2, "speaker_confidence.tsv": 2}


def header(name: str) -> str:
    lines = files("quotes.lexicons").joinpath(name).read_text("utf-8").splitlines()
    return " ".join(line for line in lines if line.startswith("#"))


def keys(name: str) -> list[tuple[str, ...]]:
    return [tuple(row[: KEYS.get(name, 1)]) for row in lexicons.rows(name)]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_names_its_source_and_licence_in_its_first_line_on(name):
    """What is copied must say from where."""
    first = files("quotes.lexicons").joinpath(name).read_text("utf-8").splitlines()[0]

    assert first.startswith("# ")
    if name != "confidence.tsv":  # measured by ourselves
        assert "Source: " in header(name)
        assert "Apache-2.0" in header(name)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_in_order(name):
    """Sorted, so that a change shows as one line; no row twice, no field empty or with white space at its edges, and lower case."""
    rows, found = list(lexicons.rows(name)), keys(name)

    assert found == sorted(set(found)) != []
    assert [row for row in rows if any(field != field.strip() or not field for field in row)] == []
    assert len({len(row) for row in rows}) == 1
    assert name == "confidence.tsv" or [key for key in found if any(word != word.lower() for word in key)] == []


@pytest.mark.parametrize("name", ["roles.tsv", "given_names.tsv", "honorifics.tsv"])
def test_genders_are_m_f_or_unknown(name):
    assert set(lexicons.genders(name).values()) <= {"m", "f", "-"}


def test_roles_are_those_of_the_records():
    """A role misspelt in a list is refused when it is read."""
    roles = set(get_args(SpeakerRole)) - {"unknown"}

    assert {role for pair in lexicons.role_nouns().values() for role in pair} == roles | {None}
    assert set(lexicons.institution_roles().values()) <= roles


def test_every_part_of_a_speaker_has_a_confidence_for_evidence_never_measured():
    assert {row[0] for row in lexicons.rows("speaker_confidence.tsv") if row[1] == "*"} == {"name", "title", "institution"}


def test_confidences_are_shares():
    of_parts, of_acts = list(lexicons.rows("speaker_confidence.tsv")), list(lexicons.rows("confidence.tsv"))

    assert [row for row in [*of_parts, *of_acts] if not 0 < float(row[2]) <= 1] == []
    assert {row[1] for row in of_acts} <= {"*", *ACTS}


FORMS = """
say says said saying
tell tells told telling
deny denies denied denying
write writes wrote written writing
swear swears swore sworn swearing
admit admits admitted admitting
agree agrees agreed agreeing
confess confesses confessed confessing
preach preaches preached preaching
argue argues argued arguing
quip quips quipped quipping
think thinks thought thinking
know knows knew known knowing
shout shouts shouted shouting
put puts putting
beg begs begged begging
convey conveys conveyed conveying
foresee foresees foresaw foreseen foreseeing
shoot shoots shot shooting
"""


@pytest.mark.parametrize("forms", FORMS.strip().splitlines())
def test_a_verb_has_the_forms_that_english_gives_it(forms):
    """A form too many does no harm, one too few loses quotes."""
    lemma, *others = forms.split()

    assert {lemma, *others} <= lexicons.inflect(lemma)


@pytest.mark.parametrize("wrong", ["sayed", "telled", "writed", "denyed", "knowed", "sayes"])
def test_forms_that_english_does_not_have_introduce_nothing(wrong):
    assert wrong not in lexicons.verbs()


@pytest.mark.parametrize(("form", "act"), [("said", "speech"), ("believes", "thought"), ("plans", "intent"), ("denied", "speech")])
def test_a_verb_form_leads_to_its_act(form, act):
    assert lexicons.verbs()[form].act == act


def test_a_predicate_tells_frames_from_prepositions():
    """`s` is a frame, `:of` a preposition."""
    warn = lexicons.verbs()["warned"]

    assert (warn.lemma, "s" in warn.frames, "of" in warn.prepositions) == ("warn", True, True)


def test_phrasal_cues_come_with_the_longest_particle_first():
    """So that "shot back at" would win over "shot back"."""
    for pairs in lexicons.particles().values():
        lengths = [len(following) for following, _ in pairs]

        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    "noun",
    ["minister", "ministers", "spokeswoman", "spokesmen", "economist", "vice-president", "beekeeper", "librarian", "firewoman", "mayor"],
)
def test_what_people_are_and_do_is_a_role(noun):
    assert lexicons.is_role(noun)


def test_honorifics_that_say_a_title_are_told_from_mere_address():
    assert {"sen.", "prof."} <= lexicons.titled_honorifics()
    assert not {"mr", "mrs.", "ms", "sir", "dr"} & lexicons.titled_honorifics()


def test_only_known_acts_and_frames_stand_in_the_lists():
    """As the docstring of Predicate has them."""
    predicates = [*lexicons.verbs().values(), *lexicons.nouns().values(), *lexicons.adjectives().values()]
    predicates += [predicate for pairs in lexicons.particles().values() for _, predicate in pairs]

    assert {frame for each in predicates for frame in (*each.frames, *(key for key in each.acts if key[0] != ":"))} <= set("sionagpx")
    assert {role for _, role, _ in lexicons.rows("role_nouns.tsv")} <= {*get_args(SpeakerRole), "by institution"}

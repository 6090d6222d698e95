"""Bylines and datelines, one printed line at a time."""

import pytest

from quotes.readers.layout.bylines import find_dateline, is_name_line, is_role_line, names_in, outlet_of_post, parse_byline


@pytest.mark.parametrize(
    ("line", "names", "place", "outlet", "published"),
    [
        ("By Ann Lee", ("Ann Lee",), None, None, None),
        ("By ANN O'LEE", ("ANN O'LEE",), None, None, None),
        ("By Ann Lee and Bo Okonkwo-Diaz", ("Ann Lee", "Bo Okonkwo-Diaz"), None, None, None),
        ("By Ann Lee, Bo Diaz and Jan van der Berg", ("Ann Lee", "Bo Diaz", "Jan van der Berg"), None, None, None),
        ("By Ann Lee, Associated Press", ("Ann Lee",), None, "Associated Press", None),
        ("By Ann Lee, Science Correspondent", ("Ann Lee",), None, None, None),
        ("By Ann Lee, Marlow Examiner Staff Writer", ("Ann Lee",), None, "Marlow Examiner", None),
        ("Ann Lee, Marlow Examiner Staff Writer", ("Ann Lee",), None, "Marlow Examiner", None),
        ("By Ann Lee for the Marlow Examiner", ("Ann Lee",), None, "Marlow Examiner", None),
        ("By Ann Lee in Port Velder Source:The Courier Published: 2021/03/04 0:07:15", ("Ann Lee",), "Port Velder", "The Courier",
         "2021-03-04T00:07:15"),
        ("Interview by Ann Lee | The Heights Ledger | 9 May 2025", ("Ann Lee",), None, "The Heights Ledger", "2025-05-09"),
        ("By ANN LEE, AP Business Writer", ("ANN LEE",), None, "AP", None),
        ("By ANN LEE AP Business Writer", ("ANN LEE",), None, "AP", None),
        ("By Ann Lee | Courier Media for Marlow Today", ("Ann Lee",), None, None, None),
        ("By Ann Lee of the Marlow Examiner", ("Ann Lee",), None, "Marlow Examiner", None),
        ("By Reuters", (), None, "Reuters", None),
        ("By The Associated Press", (), None, "The Associated Press", None),
    ],
)  # fmt: skip
def test_bylines_are_read(line, names, place, outlet, published):
    byline = parse_byline(line)
    assert byline is not None
    assert (byline.names, byline.place, byline.outlet, byline.published) == (names, place, outlet, published)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the two had agreed.",
        "By Tuesday Night",
        "By then it was late",
        "By Ann Lee’s account, the roof fell first",
        "By contrast, Norway spends twice as much.",
        "Harbour Chief Shrugs, Ducks Every Question.",
        "Ann Lee, 42",
        "Fenn Stands Tall On Proposal For Harbour Wall.",
        "Fenn Cancels Interview for Marlow Examiner",
        "Ann Fenn Slams Velder News",
        "The Daily Star, which was founded in 1888",
        "",
        "By " + "Ann Lee and " * 40,
    ],
)
def test_other_lines_are_no_bylines(line):
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("PORT VELDER (AP) — A judge ruled.", "PORT VELDER", "AP"),
        ("SALINA, S.C. (AP) — A judge ruled.", "SALINA, S.C.", "AP"),
        ("VELDER, Dec. 22 (UPI) — A judge ruled.", "VELDER", "UPI"),
        ("VELDER, Nov. 11 (Xinhua) -- A judge ruled.", "VELDER", "Xinhua"),
        ("ST. OLAVE, N.H. - A judge ruled.", "ST. OLAVE, N.H.", None),
        ("VELDER/CALDER – A judge ruled.", "VELDER/CALDER", None),
        ("SÃO TOMÉ — A judge ruled.", "SÃO TOMÉ", None),
        ("Velder (AFP) – A judge ruled.", "Velder", "AFP"),
        ("(CNN) A judge ruled.", None, "CNN"),
        ("(Reuters) - A judge ruled.", None, "Reuters"),
    ],
)
def test_datelines_are_read(paragraph, place, agency):
    dateline = find_dateline(paragraph)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert paragraph[dateline.length :].lstrip()[0] == "A"


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO (North Atlantic Treaty Organization) said no.",
        "NASA — which runs the probe — said no.",
        "UPDATE — The judge ruled.",
        "(Laughs.) No, look.",
        "A judge — the third — ruled.",
        "Two men – both tall – ran.",
        "VELDER —",
    ],
)
def test_other_beginnings_are_no_datelines(paragraph):
    assert find_dateline(paragraph) is None


def test_a_dateline_with_a_year_tells_the_day():
    assert find_dateline("PORT VELDER, Nov. 4, 2003 -- A judge ruled.").filed == "2003-11-04"
    assert find_dateline("PORT VELDER, Nov. 4 -- A judge ruled.").filed is None


def test_capitals_before_a_colon_are_a_place_only_outside_transcripts():
    paragraph = "VELDER: The provincial government has decided to rebuild the quay after all, officials said on Tuesday."
    assert find_dateline(paragraph) is None
    dateline = find_dateline(paragraph, label_repeats=False)
    assert dateline is not None
    assert dateline.place == "VELDER"


def test_names_and_posts_on_lines_of_their_own():
    assert is_name_line("Ann Lee and Bo Diaz")
    assert not is_name_line("Harbour closes early")
    assert is_role_line("Science correspondent, The Courier")
    assert not is_role_line("She was once a court reporter and then a baker.")


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("Ann Lee; Bo Diaz", ("Ann Lee", "Bo Diaz")),
        ("by Ann Lee, Bo Diaz & Jan van der Berg", ("Ann Lee", "Bo Diaz", "Jan van der Berg")),
        ("Lee, Ann", ("Ann Lee",)),
        ("Lee, Ann B.", ("Ann B. Lee",)),
        ("Ann Lee | Courier Media for marlow.example", ("Ann Lee",)),
        ("Ann Lee | Staff Writer | alee@courier.example", ("Ann Lee",)),
        ("Ann Lee - Marlow Examiner", ("Ann Lee",)),
        ("ANN LEE, Associated Press Writer", ("ANN LEE",)),
        ("ANN LEE AP Education Writer", ("ANN LEE",)),
        ("Bo Diaz and Mary Ann Lee AP Education Writer", ("Bo Diaz", "Mary Ann Lee")),
        ("Mary Ann Lee Marlow Examiner Staff Writer", ("Mary Ann Lee",)),
        ("Ann Lee, Los Angeles Times crime reporter", ("Ann Lee",)),
        ("Ann Lee, Special to The Courier", ("Ann Lee",)),
        ("Ann Lee and Associated Press", ("Ann Lee",)),
        ("Ann Lee, Jr., Ph.D.", ("Ann Lee, Jr.",)),
        ("Ann Lee (@annlee)", ("Ann Lee",)),
        ("alee@courier.example", ()),
        ("admin", ()),
        ("Health Correspondents", ()),
        ("Reuters", ("Reuters",)),
        ("Editorial Board", ("Editorial Board",)),
        ("Morning Table staff", ("Morning Table staff",)),
        ("Daisy Mae Star", ("Daisy Mae Star",)),
        ("None", ("None",)),
        (None, ()),
    ],
)
def test_the_writers_in_a_stated_string(stated, names):
    """Without posts, outlets, degrees and addresses."""
    assert names_in(stated) == names


@pytest.mark.parametrize(
    ("line", "house"),
    [
        ("AP Education Writer", "AP"),
        ("Science correspondent, The Courier", "The Courier"),
        ("Staff Writer", None),
        ("Marlow Examiner",) * 2,
    ],
)
def test_the_outlet_in_a_post(line, house):
    assert outlet_of_post(line) == house

"""Exports of media archives in the layouts that they have, of invented articles."""

from __future__ import annotations

import io
from html import escape
from typing import NamedTuple


class Story(NamedTuple):
    """What an export says of an article."""

    title: str = "Ferry to Skarvik will sail all winter"
    outlet: str = "The Tarn Observer"
    date: str = "January 11, 2021"
    writer: str = "Oona Brathwaite"
    section: str = "News"
    text: tuple[str, ...] = (
        "The ferry to Skarvik will sail through the winter, the council decided on Thursday.",
        "“Nobody should have to move to the mainland,” said Idris Penhale, who moved the motion.",
        "The boat leaves at eight.",
    )
    number: str = "TARNOB0020210111eh1b0001a"


STORIES = (
    Story(),
    Story(
        "Quay closed after storm",
        "Velder Courier (London)",
        "2 March 2022",
        "Ann Lee and Bo Diaz",
        "Local",
        ("The quay is closed.", '"We had no choice," said Mara Dunn, the harbour master, on Monday.', "It opens again in May, she said."),
        "VELCOU0020220302ei320000b",
    ),
    Story(
        "Mill burns down",
        "Osk Times",
        "July 4, 2019",
        "Ida Roke",
        "Metro",
        ("The mill burned on Tuesday night.", "“It went up like paper,” said Henrik Dahl, a fireman."),
        "OSKTIM0020190704ef740000c",
    ),
)


def old_nexis(stories=STORIES, of=None) -> str:
    """Nexis and LexisNexis until 2019, as text: centred outlet and date, capital names of fields, lines of some 78 characters."""
    found = ["\n\n\nDownload Request: Selected Items: 1-3\nTime Of Request: Friday, March 20, 2021  16:51:31\n\nTerms: (ferry)\n\n"]
    for number, each in enumerate(stories, 1):
        text = "\n\n".join(each.text).replace(" said ", "\nsaid ")
        found.append(
            f"\n\n                               {number} of {of or len(stories)} DOCUMENTS\n\n\n\n"
            f"                               {each.outlet}\n\n                            {each.date} Monday\n"
            f"                                 Late Edition\n\n{each.title}\n\nBYLINE: {each.writer}\n\n"
            f"SECTION: {each.section.upper()}; Pg. 6\n\nLENGTH: 355 words\n\n\n{text}\n\n"
            "GRAPHIC: The quay on Monday (Photo: A. Hand)\n\nLOAD-DATE: May 1, 2023\n\nLANGUAGE: ENGLISH\n\n"
            f"PUBLICATION-TYPE: Newspaper\n\n\n                       Copyright 2021 {each.outlet} Limited\n"
            "                              All Rights Reserved\n"
        )
    return "".join(found)


def older_nexis(stories=STORIES) -> str:
    """LexisNexis before that: the copyright above, headline and text behind names too."""
    return "".join(
        f"\n{number} of {len(stories)} DOCUMENTS\n\n            Copyright 2001 {each.outlet} Company\n            {each.outlet}\n\n"
        f"            {each.date}, Monday, Late Edition - Final\n\nSECTION: Section A; Page 1; Column 5\n\nLENGTH: 120 words\n\n"
        f"HEADLINE: {each.title}\n\nBYLINE:  By {each.writer.upper()}\n\nDATELINE: SKARVIK, Jan. 10\n\nBODY:\n   "
        + "\n\n   ".join(each.text)
        + "\n\n\nLOAD-DATE: January 12, 2001\n"
        for number, each in enumerate(stories, 1)
    )


COVER = (
    "User Name: = A Reader\nDate and Time: Friday, January 10, 2023 3:00:00 PM CET\nJob Number: 1234567\n\n\nDocuments (3)\n\n\n"
    "1. Ferry to Skarvik will sail all winter\nClient/Matter: -None-\nSearch Terms: ferry\nSearch Type: Natural Language\nNarrowed by:\n"
    "Content Type   Narrowed by\nNews   Timeline: Jan 01, 2019 to Dec 31, 2023\n\n"
    "| About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2023 LexisNexis\n\n\n"
)


def new_nexis_lines(each: Story) -> list[str]:
    """A document of Nexis Uni, a line a paragraph."""
    return [
        each.title,
        each.outlet,
        f"{each.date} Monday",
        "Copyright 2021 All Rights Reserved",
        f"Section: {each.section}; Pg. 6",
        "Length: 355 words",
        f"Byline: {each.writer}",
        "Body",
        *each.text,
        "Graphic",
        "The quay on Monday",
        "Classification",
        "Language: ENGLISH",
        "Publication-Type: Newspaper",
        "Subject: FERRIES (90%)",
        "Load-Date: May 1, 2023",
        "End of Document",
    ]


def new_nexis(stories=STORIES, cover=COVER) -> str:
    """Nexis Uni as text."""
    return cover + "\n\n".join("\n\n".join(new_nexis_lines(each)) for each in stories) + "\n"


def word(lines) -> bytes:
    """Paragraphs as a Word document."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def nexis_html(stories=STORIES) -> bytes:
    """LexisNexis until 2019, as HTML."""
    found = ["<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>"]
    for number, each in enumerate(stories, 1):
        paragraphs = "".join(f"<P>{escape(part)}</P>" for part in each.text)
        found.append(
            f'<A NAME="DOC_ID_{number}"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->'
            f"<DIV><P>{number} of {len(stories)} DOCUMENTS</P></DIV><BR><DIV><P>{each.outlet}</P></DIV>"
            f"<DIV><P>{each.date} Monday<BR>Edition 1;<BR>Scotland</P></DIV><DIV><P><B>{each.title}</B></P></DIV>"
            f"<DIV><P><B>BYLINE: </B>{each.writer}</P></DIV><DIV><P><B>SECTION: </B>{each.section}; Pg. 6</P></DIV>"
            f"<DIV><P><B>LENGTH: </B>355 words</P></DIV><DIV>{paragraphs}</DIV><DIV><P><B>LOAD-DATE: </B>May 1, 2023</P></DIV>"
            f"<DIV><P>Copyright 2021 {each.outlet}<BR>All Rights Reserved</P></DIV><!-- Hide XML section from browser\n</DOCFULL> -->"
        )
    return ("".join(found) + "</BODY></HTML>").encode()


def factiva_coded(stories=STORIES) -> str:
    """Factiva, full articles with their indexing, as text."""
    return (
        "\n\n".join(
            f"SE   {each.section}\nHD   {each.title}\nBY   By {each.writer}\nWC   391 words\nPD   {each.date}\nET   12:30\n"
            f"SN   {each.outlet}\nSC   TARNOB\nED   1; National\nPG   16\nLA   English\nCY   (c) 2021 {each.outlet} Ltd\n"
            f"LP   \n{each.text[0]}\nTD   \n"
            + "\n\n".join((*each.text[1:], "IN all, they counted."))
            + f"\nCO   tarncl : Tarn Council\nIN   i75 : Shipping\nNS   gcat : News\nRE   uk : United Kingdom\nPUB  {each.outlet} Limited\n"
            f"AN   Document {each.number}"
            for each in stories
        )
        + "\n\n\nSearch Summary\nText\tferry\nDate\tAll Dates\nResults Found\t3\nTimestamp\t10 January 2023 3:00 PM\n\n"
        + "© 2023 Factiva, Inc. All rights reserved.\n"
    )


def factiva_lines(each: Story) -> list[str]:
    """A document of Factiva without codes, a line a paragraph."""
    return [
        each.section,
        each.title,
        each.writer,
        "391 words",
        each.date,
        each.outlet,
        "TARNOB",
        "1; National",
        "16",
        "English",
        f"(c) 2021 {each.outlet} Ltd",
        *each.text,
        f"{each.outlet} Limited",
        f"Document {each.number}",
    ]


def factiva_plain(stories=STORIES) -> str:
    """Factiva, full articles, as text."""
    return "\n\n".join("\n".join(factiva_lines(each)[:11]) + "\n\n" + "\n\n".join(factiva_lines(each)[11:]) for each in stories) + "\n\n"


def factiva_html(stories=STORIES) -> bytes:
    """Factiva, full articles, as HTML."""
    found = ["<html><head><title>Factiva</title></head><body>"]
    for each in stories:
        section, title, writer, *fields = factiva_lines(each)[:11]
        paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{escape(part)}</p>' for part in each.text)
        found.append(
            f'<div id="article-{each.number}" class="article"><div class="article enArticle"><p>\n</p><div>{section}</div>\n'
            f'<div id="hd"><span class="enHeadline">{title}</span>\n</div><div class="author">{writer} </div>'
            + "".join(f"<div>{field}</div>" for field in fields)
            + f"<p></p>{paragraphs}<p>{each.outlet} Limited</p><p>Document {each.number}</p></div></div><br>"
        )
    return ("".join(found) + "</body></html>").encode()


RULE = "_" * 60


def proquest_fields(number: int, each: Story) -> list[str]:
    """A document of ProQuest, a line a paragraph."""
    first, _, last = each.writer.partition(" and ")[0].partition(" ")
    other = " ".join(reversed(each.writer.partition(" and ")[2].split())).replace(" ", ", ")
    return [
        f"Document {number} of 3",
        each.title,
        f"Author: {last}, {first}" + (f"; {other}" if other else ""),
        f"Publication info: {each.outlet} ; Tarn [Tarn]08 May 2010: AA.2.",
        "ProQuest document link",
        "Abstract: The ferry will sail. “We will,” said a man.",
        *(f"Full text: {part}" if at == 0 else part for at, part in enumerate(each.text)),
        "Subject: Ferries; Winter",
        "Location: Tarn",
        f"Title: {each.title}",
        f"Publication title: {each.outlet}; Tarn, Scotland",
        "Pages: AA.2",
        f"Publication date: {each.date}",
        f"Section: {each.section}; Part AA",
        "Publisher: Tarn Newspapers",
        "ProQuest document ID: 25143997" + str(number),
        f"Document URL: https://search.proquest.com/docview/25143997{number}?accountid=1000",
        "Copyright: (Copyright (c) 2010 Tarn Newspapers)",
        "Database: Tarn Dailies",
    ]


def proquest(stories=STORIES) -> str:
    """ProQuest as text."""
    found = [f"{RULE}\n\nReport Information from ProQuest\nMarch 02 2023 12:00\n\n{RULE}\n\nTable of contents\n\n1. Ferry to Skarvik\n\n"]
    found += [f"{RULE}\n\n" + "\n\n".join(proquest_fields(number, each)) + "\n\n" for number, each in enumerate(stories, 1)]
    return "".join(found) + f"{RULE}\n\nContact ProQuest\n\nCopyright © 2023 ProQuest LLC. All rights reserved.\n"


def proquest_html(stories=STORIES) -> bytes:
    """ProQuest as HTML."""
    found = ["<html><head><title>ProQuest</title></head><body>"]
    for number, each in enumerate(stories, 1):
        _, title, *fields = proquest_fields(number, each)
        found.append(f'<div style="margin-bottom:20px"><a name="DocID_{number}"></a><p></p><p style="font-weight:bold;">{title}</p>')
        for field in fields:
            name, colon, value = field.partition(": ")
            found.append(f"<p><strong>{name}: </strong>{escape(value)}</p>" if colon and name[0].isupper() else f"<p>{escape(field)}</p>")
        found.append("</div>")
    return ("".join(found) + "</body></html>").encode()

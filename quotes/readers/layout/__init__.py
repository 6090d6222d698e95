"""The layout of plain text: headline, byline, dateline, dates, captions and boilerplate, as zones and fields; outlets and languages."""

"""The layout of an article: headline, byline, dateline, dates, captions and boilerplate, as zones and fields; outlets and languages.

Plain text and single lines only; how a web page marks the same parts is in `pages`. The word lists are in `patterns`.
"""

"""HTML: the article of a web page, and the paragraphs of a fragment such as a feed's entry or a cell of a table.

Not here: fetching (`fetch`), and what a line of plain text tells (`layout`).
"""

"""HTML: the article of a web page, and the paragraphs of a fragment such as a feed's entry or a cell of a table."""

"""The store that articles are saved in, the rows of one article, and what they are linked to across articles: speakers, institutions,
utterances, topics, and their counts.

Not in it: what people corrected (`overrides`), and when an article is read or removed (`intake`).
"""

"""Titles and institutions in the words beside a name or inside a phrase.

Not here: what an article says of somebody as a whole (`speakers/article_affiliations.py`).
"""

"""Proper names of an article, their edges, what kind of thing they name, and who bears them.

Not here: pronouns and descriptions (`coreference`).
"""

"""Who a name, a pronoun or a description means within one article.

`mentions.py` reads an article into a `Discourse`. Not here: who a quote's source is (`speakers`).
"""

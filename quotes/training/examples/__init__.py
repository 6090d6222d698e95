"""Annotated articles as what the network learns from: windows of tokens with their answers, in the article's own and in changed forms.

`prepare` makes and caches them; `quote_examples`, `part_examples` and `name_labels` say what the answers are, `augment` changes the text.
No torch is needed here: the network, the loop that trains it and the files of a model are in `quotes.training`.
"""

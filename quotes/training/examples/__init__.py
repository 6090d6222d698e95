"""Training examples from annotated articles: windows of tokens with their labels, of the article as printed and in changed forms.

`prepare` makes and caches them; `quote_examples`, `part_examples` and `name_labels` give the labels, `augment` changes the text.
No torch is needed here: the network, the loop that trains it and the files of a model are in `quotes.training`.
"""

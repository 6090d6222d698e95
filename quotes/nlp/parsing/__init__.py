"""Before the rules and the model: the clean copy of a text, sentence starts, the parse as plain lists, the attributes of a Doc.

Not here: what is a quote or a name.
"""

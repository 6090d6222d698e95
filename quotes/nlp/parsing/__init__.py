"""The parse under everything: a text's tokens as plain lists, its clean copy, sentence starts, what hangs on a Doc.

Not here: what is a quote or a name.
"""

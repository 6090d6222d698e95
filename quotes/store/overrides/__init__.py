"""What a correction is and what it does to the quotes of its article, and what people decided about names: values and pure functions over
what was found.

Not in it: making, undoing, listing and importing corrections (`corrections`), and the rows that they change (`rows`).
"""

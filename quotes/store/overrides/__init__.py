"""What was found in an article, what a correction is and does to it, and what people decided about names: values, and functions over them.

Not in it: making, undoing, listing and importing corrections (`corrections`), and the rows that they change (`rows`).
"""

"""Downloads and feeds: all rows of a search or a table, while they are read.

Not here: how rows become CSV, JSON or Parquet, which is in the store.
"""

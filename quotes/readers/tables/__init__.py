"""Tables and records, one article each: CSV, TSV, Excel, Parquet, JSON and JSON Lines, and which column holds what.

Not here: feeds, whose entries are records of a fixed form.
"""

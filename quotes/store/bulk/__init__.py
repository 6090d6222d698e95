"""Many articles into a new database at once: their rows are staged, linked and counted set by set, and written in the order of the tables.

The result is that of saving the articles one by one (`rows`), whose rules it uses. Not in it: shard files (`quotes.shards`).
"""

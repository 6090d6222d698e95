"""Reading and extraction as tasks for many processes or machines, and the Parquet files (shards) that these write.

Not in here: what a task runs (`quotes.readers`, `quotes.extract`), and how shards become a database (`quotes.store`).
"""

"""Quotes and tables read out of the database: filtered, searched, explained and exported, over a connection that only reads.

Not in it: the pages that show them (`quotes.publish`).
"""

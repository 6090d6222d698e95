"""The pages of the site, one in each file: its queries, and what its template shows.

Not here: how quotes are searched and shown (`results`), and downloads (`exports`).
"""

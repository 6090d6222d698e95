"""What was read and when: versions and near copies of articles, failures to try again, requests to feeds, and articles removed.

Not in it: reading itself (`quotes.readers`), and the rows of an article (`rows`).
"""

"""The small corpora of all tests."""

from corpus_samples import passages, records, standoff  # noqa: F401  (fixtures)

"""Quotes found by rule: by marks and position, by syntax, by labels; the spaCy component that finds them without a model.

`detect.py` brings them together. Not here: who a source means (`coreference`, `speakers`).
"""

"""The speaker of each quote: name, kind, titles, institutions, role, confidence; `resolver.py` is the spaCy component.

Across articles speakers are compared in `quotes.linking`.
"""

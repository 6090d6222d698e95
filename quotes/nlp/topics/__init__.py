"""What an article is about: names and terms, ranked; `topic_component.py` is the spaCy component."""

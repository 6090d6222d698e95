"""What a quotation is made of: attributions, quotation marks, cues, sources, acts, and what looks like a quote and is none.

Shared by the rules and the model. Not here: how either finds them.
"""

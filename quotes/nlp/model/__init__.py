"""The trained model: its input, its inference, and how what it reads becomes attributions, joined with those of the rules.

The weights lie in `quotes/models`, their training in `quotes/training`.
"""

"""What is read, before any format: bytes with a name, their encoding, what a user said about reading, the time an input may take.

Not here: what the bytes hold (the formats), and where addresses are fetched (`fetch`).
"""

"""What is read, before any format: bytes with a name, their encoding, and what a user says about reading."""

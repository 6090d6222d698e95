"""Training the model that reads quotes: gold corpora in, weights out. Needs the extra `train`; nothing else imports this room."""

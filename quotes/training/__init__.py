"""Training the model that reads quotes: gold corpora in, weights out. Needs the extra `train`; nothing else imports this package.

`run` does it all; `examples` makes what is learned from; `confidence_fitting` and `lexicon_confidence` measure how sure to be. A trained
model is read by `quotes.nlp.model`.
"""

"""Training the model that reads quotes: gold corpora in, weights out. Needs the extra `train`; nothing else imports this package.

`run` is the whole training; `examples` makes the training examples; `confidence_fitting` and `lexicon_confidence` fit the confidence. A
trained model is read by `quotes.nlp.model`.
"""

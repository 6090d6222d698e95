"""From a text to its quotes and speakers: spaCy components, the trained model, and the rules beside it.

Each package knows only those before it: parsing, detection, rules, model, names, titles, coreference, speakers, topics. Files are read in
`quotes.readers`; nothing here compares articles with each other.
"""

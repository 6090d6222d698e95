"""READ: news in any form that people have it in → `Article`, the text untouched, zones and fields beside it.

A module a format; `paths` finds the files, `dispatch` picks the reader. Not here: anything that needs a parse (`quotes.nlp`).
"""

import logging

from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.paths import count, finished, is_address, missing, read

for _library in ("charset_normalizer", "courlan", "htmldate", "pypdf", "trafilatura", "warcio"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they warn of would reach standard error

__all__ = ["Reading", "count", "finished", "is_address", "missing", "read"]

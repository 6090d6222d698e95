"""READ: news in any form that people have it in → `Article`, the text untouched, zones and fields beside it.

A module a format; `paths` finds the files, `dispatch` picks the reader. Not here: anything that needs a parse (`quotes.nlp`).
"""

from quotes.readers.inputs.reader_settings import Columns, Reading
from quotes.readers.paths import count, finished, is_address, missing, read

__all__ = ["Columns", "Reading", "count", "finished", "is_address", "missing", "read"]

"""Reads news in many formats as `Article` records: `paths` finds the files, `dispatch` picks the reader, a module reads each format."""

import logging

from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.paths import count, finished, is_address, missing, read

for _library in ("charset_normalizer", "courlan", "htmldate", "pypdf", "trafilatura", "warcio"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what they warn of would reach standard error

__all__ = ["Reading", "count", "finished", "is_address", "missing", "read"]

"""Which speakers, institutions and quotes of different articles are the same: pure functions of records.

`person_linking` links people by `name_comparison`, `evidence` and `work_domains`; `institutions` links institutions, `utterances` quotes.
Reading and writing the database, and which rows are linked again, is in `quotes.store`.
"""

from quotes.linking.identities import (
    InstitutionIdentity,
    acronym_of,
    comparable,
    identify_institution,
    institution_id,
    named,
    preferred_name,
    speaker_id,
)

__all__ = [
    "InstitutionIdentity",
    "acronym_of",
    "comparable",
    "identify_institution",
    "institution_id",
    "named",
    "preferred_name",
    "speaker_id",
]

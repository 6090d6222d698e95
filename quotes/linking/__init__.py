"""Which speakers, institutions and quotes of different articles are the same: pure functions of records.

People are in `person_linking` with what they compare in `name_comparison`, `evidence` and `work_domains`; institutions in `institutions`,
quotes in `utterances`. Reading and writing the database, and which rows are linked anew, is in `quotes.store`.
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

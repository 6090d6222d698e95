"""RESOLVE across articles: which speakers, institutions and words of different articles are the same. Pure functions of records."""

from quotes.linking.identities import (
    InstitutionIdentity,
    SpeakerIdentity,
    acronym_of,
    comparable,
    identify_institution,
    identify_speaker,
    institution_id,
    named,
    preferred_name,
    spans_articles,
    speaker_id,
)

__all__ = [
    "InstitutionIdentity",
    "SpeakerIdentity",
    "acronym_of",
    "comparable",
    "identify_institution",
    "identify_speaker",
    "institution_id",
    "named",
    "preferred_name",
    "spans_articles",
    "speaker_id",
]

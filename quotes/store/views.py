"""The SQL of the views, in the order of columns that `schema.py` describes."""

from __future__ import annotations

from quotes.records import SURE

QUOTES_BROWSE = f"""
select
  quotes.id,
  speakers.name as speaker,
  quotes.title,
  institutions.name as institution,
  quotes.role,
  quotes.text,
  quotes.kind,
  quotes.act,
  quotes.cue,
  articles.published,
  articles.outlet,
  articles.title as headline,
  articles.section,
  articles.url,
  quotes.mention,
  speakers.kind as speaker_kind,
  quotes.speaker_outlet,
  quotes.past,
  quotes.role_evidence,
  quotes.confidence,
  quotes.confidence < {SURE} as unsure,
  quotes.name_confidence,
  quotes.title_confidence,
  quotes.institution_confidence,
  quotes.zone,
  quotes.article_id,
  quotes.speaker_id,
  quotes.institution_id,
  articles.path,
  quotes.start,
  quotes."end",
  quotes.sort_key
from quotes
join articles on articles.id = quotes.article_id
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
""".strip()

# Distinct values in order need a subquery of their own: group_concat takes no order before SQLite 3.44.
SPEAKERS_BROWSE = """
select
  speakers.id,
  speakers.name,
  speakers.kind,
  (select group_concat(title, '; ') from (
    select distinct title from affiliations where speaker_id = speakers.id and title is not null order by title
  )) as titles,
  (select group_concat(name, '; ') from (
    select distinct institutions.name from affiliations join institutions on institutions.id = affiliations.institution_id
    where affiliations.speaker_id = speakers.id order by institutions.name
  )) as institutions,
  (select group_concat(role, '; ') from (
    select distinct role from quotes where speaker_id = speakers.id and role <> 'unknown' order by role
  )) as roles,
  (select count(*) from quotes where speaker_id = speakers.id) as quotes,
  (select count(distinct article_id) from quotes where speaker_id = speakers.id) as articles,
  (select min(published) from quotes join articles on articles.id = quotes.article_id
    where quotes.speaker_id = speakers.id) as first_quoted,
  (select max(published) from quotes join articles on articles.id = quotes.article_id
    where quotes.speaker_id = speakers.id) as last_quoted
from speakers
""".strip()

INSTITUTIONS_BROWSE = """
select
  institutions.id,
  institutions.name,
  institutions.acronym,
  (select count(distinct speaker_id) from affiliations where institution_id = institutions.id) as speakers,
  (select count(*) from quotes where institution_id = institutions.id) as quotes,
  (select count(distinct article_id) from quotes where institution_id = institutions.id) as articles
from institutions
""".strip()

ARTICLES_BROWSE = """
select
  articles.id,
  articles.title as headline,
  articles.published,
  articles.outlet,
  articles.section,
  articles.byline,
  articles.words,
  (select count(*) from quotes where article_id = articles.id) as quotes,
  (select count(distinct speaker_id) from quotes where article_id = articles.id) as speakers,
  articles.url,
  articles.path,
  articles.extractor,
  articles.sort_key
from articles
""".strip()

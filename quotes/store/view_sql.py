"""The SQL of the views, in the order of columns that `schema.py` describes."""

from __future__ import annotations

QUOTES_BROWSE = """
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
  quotes.unsure,
  quotes.in_default_view,
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
  quotes.utterance_id,
  quotes.likeness,
  quotes.corrected,
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
  (select group_concat(name, '; ') from (
    select distinct name from aliases where speaker_id = speakers.id and name <> speakers.name order by name
  )) as aliases,
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
  speakers.quotes,
  speakers.articles,
  speakers.outlets,
  speakers.first_quoted,
  speakers.last_quoted,
  speakers.all_quotes
from speakers
""".strip()

INSTITUTIONS_BROWSE = """
select
  institutions.id,
  institutions.name,
  institutions.acronym,
  (select group_concat(name, '; ') from (
    select distinct name from institution_aliases where institution_id = institutions.id and name <> institutions.name order by name
  )) as aliases,
  (select name from institutions as parents where parents.id = institutions.parent_id) as part_of,
  institutions.speakers,
  institutions.quotes,
  (select count(distinct article_id) from quotes where institution_id = institutions.id and in_default_view) as articles,
  institutions.all_quotes
from institutions
""".strip()

AFFILIATIONS_BROWSE = """
select
  min(affiliations.id) as id,
  speakers.name as speaker,
  affiliations.title,
  institutions.name as institution,
  min(articles.published) as first_seen,
  max(articles.published) as last_seen,
  count(distinct affiliations.article_id) as articles,
  min(affiliations.past) as past,
  affiliations.speaker_id,
  affiliations.institution_id
from affiliations
join speakers on speakers.id = affiliations.speaker_id
join articles on articles.id = affiliations.article_id
left join institutions on institutions.id = affiliations.institution_id
group by affiliations.speaker_id, lower(affiliations.title), affiliations.institution_id
""".strip()

UTTERANCES_BROWSE = """
select
  utterances.id,
  speakers.name as speaker,
  utterances.text,
  utterances.occurrences,
  utterances.articles,
  utterances.outlets,
  utterances.first_published,
  utterances.last_published,
  (select articles.outlet from quotes join articles on articles.id = quotes.article_id
    where quotes.id = utterances.first_quote_id) as first_outlet,
  utterances.speaker_id,
  utterances.first_quote_id,
  utterances.fullest_quote_id,
  utterances.all_occurrences
from utterances
left join speakers on speakers.id = utterances.speaker_id
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
  (select count(*) from quotes where article_id = articles.id and in_default_view) as quotes,
  (select count(distinct speaker_id) from quotes where article_id = articles.id and in_default_view) as speakers,
  (select count(*) from quotes where article_id = articles.id) as all_quotes,
  articles.url,
  articles.path,
  articles.extractor,
  articles.sort_key
from articles
""".strip()

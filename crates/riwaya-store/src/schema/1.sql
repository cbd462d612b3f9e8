-- The record, version 1. All positions count Unicode code points from 0, ends exclusive, so that
-- substr(text, start + 1, end - start) are the words.

-- Pages as received. A page that comes again changed keeps its row here and leaves its former self in `versions`.
CREATE TABLE pages (
  page      INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  sha256    TEXT NOT NULL,
  url       TEXT,
  outlet    TEXT,
  title     TEXT,
  author    TEXT,
  published TEXT,
  lang      TEXT,
  text      TEXT NOT NULL,
  version   INTEGER NOT NULL DEFAULT 1,
  added     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;

CREATE TABLE versions (
  page      INTEGER NOT NULL REFERENCES pages (page),
  version   INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  url       TEXT,
  outlet    TEXT,
  title     TEXT,
  author    TEXT,
  published TEXT,
  lang      TEXT,
  text      TEXT NOT NULL,
  added     TEXT NOT NULL,
  PRIMARY KEY (page, version)
) STRICT;

-- What was read from the pages: one line of the JSON Lines contract a row, in the order of `riwaya read`. Words that
-- stand in a page are null here and come from its text by position.
CREATE TABLE findings (
  n       INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  id      TEXT,
  article TEXT,
  line    TEXT NOT NULL
) STRICT;
CREATE INDEX findings_by_kind ON findings (kind, n);
CREATE INDEX findings_by_id ON findings (id) WHERE id IS NOT NULL;
CREATE INDEX findings_by_article ON findings (article, n) WHERE article IS NOT NULL;

-- `reader`: the program and packs that made the findings. `stale`: 1 while pages are newer than the findings.
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO state VALUES ('reader', ''), ('stale', '0');

-- The findings for people and other tools.
CREATE VIEW articles AS
SELECT p.id, p.outlet, p.url, f.line ->> 'lang' AS lang, f.line ->> '$.published.value' AS published,
       f.line ->> '$.published.from' AS published_from, p.title, p.author, p.sha256, p.version, p.added, p.text
FROM pages p LEFT JOIN findings f ON f.kind = 'article' AND f.id = p.id;

CREATE VIEW entities AS
SELECT id, line ->> 'type' AS type, line ->> 'named' AS named, line ->> '$.name.ar' AS ar, line ->> '$.name.en' AS en,
       line ->> '$.name.ru' AS ru, line ->> 'forms' AS forms, line ->> 'roles' AS roles
FROM findings WHERE kind = 'entity';

CREATE VIEW mentions AS
SELECT f.article, f.line ->> 'start' AS start, f.line ->> 'end' AS "end",
       substr(p.text, (f.line ->> 'start') + 1, (f.line ->> 'end') - (f.line ->> 'start')) AS words,
       f.line ->> 'type' AS type, f.line ->> 'entity' AS entity, f.line ->> '$.because.rule' AS rule
FROM findings f JOIN pages p ON p.id = f.article WHERE f.kind = 'mention';

CREATE VIEW times AS
SELECT f.article, f.line ->> 'start' AS start, f.line ->> 'end' AS "end",
       substr(p.text, (f.line ->> 'start') + 1, (f.line ->> 'end') - (f.line ->> 'start')) AS words,
       f.line ->> 'type' AS type, f.line ->> 'value' AS value, f.line ->> '$.interval[0]' AS first_day,
       f.line ->> '$.interval[1]' AS day_after, f.line ->> 'zone' AS zone, f.line ->> '$.because.rule' AS rule
FROM findings f JOIN pages p ON p.id = f.article WHERE f.kind = 'time';

CREATE VIEW statements AS
SELECT f.id, f.article, p.outlet, f.line ->> 'speaker' AS speaker, f.line ->> 'addressee' AS addressee,
       f.line ->> 'act' AS act, f.line ->> 'polarity' AS polarity, f.line ->> 'quote' AS quote,
       substr(p.text, (f.line ->> '$.cue.start') + 1, (f.line ->> '$.cue.end') - (f.line ->> '$.cue.start')) AS cue,
       (SELECT group_concat(substr(p.text, (c.value ->> 'start') + 1, (c.value ->> 'end') - (c.value ->> 'start')), ' … ')
        FROM json_each(f.line, '$.content') c) AS words,
       f.line ->> 'parent' AS parent, f.line ->> 'chain' AS chain,
       f.line ->> '$.source.start' AS source_start, f.line ->> '$.source.end' AS source_end,
       f.line ->> '$.cue.start' AS cue_start, f.line ->> '$.cue.end' AS cue_end, f.line ->> '$.because.rule' AS rule
FROM findings f JOIN pages p ON p.id = f.article WHERE f.kind = 'statement';

CREATE VIEW events AS
SELECT id, article, line ->> 'story' AS story, line ->> 'type' AS type, line ->> 'plover' AS plover,
       line ->> '$.when.value' AS "when", line ->> 'where' AS "where", line ->> 'participants' AS participants,
       line ->> 'initiator' AS initiator, line ->> 'status' AS status, line ->> '$.because.rule' AS rule
FROM findings WHERE kind = 'event';

CREATE VIEW stories AS
SELECT id, line ->> 'title' AS title, line ->> 'from' AS "from", line ->> 'to' AS "to", line ->> 'articles' AS articles,
       line ->> 'outlets' AS outlets, line ->> 'origins' AS origins
FROM findings WHERE kind = 'story';

CREATE VIEW copies AS
SELECT line ->> 'of' AS "of", line ->> 'article' AS article, line ->> 'relation' AS relation, line ->> 'share' AS share
FROM findings WHERE kind = 'copy';

CREATE VIEW points AS
SELECT line ->> 'story' AS story, line ->> 'event' AS event, line ->> 'topic' AS topic, line ->> 'relation' AS relation,
       line ->> 'cells' AS cells
FROM findings WHERE kind = 'point';

CREATE VIEW flags AS
SELECT line ->> 'what' AS what, line ->> 'severity' AS severity, line ->> 'articles' AS articles,
       line ->> 'explain' AS explain
FROM findings WHERE kind = 'flag';

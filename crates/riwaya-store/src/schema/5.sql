-- Version 5: what is looked up of findings, and what is searched.

-- The page that a line belongs to: its own of an article, of a copy the one that follows.
ALTER TABLE findings ADD COLUMN page INTEGER;
UPDATE findings SET page = (SELECT p.page FROM pages p WHERE p.id = CASE kind WHEN 'article' THEN findings.id ELSE article END)
WHERE article IS NOT NULL OR kind = 'article';
-- The lines of a page are looked up by its number: by its id, the index would be eight times as large.
DROP INDEX findings_by_article;
CREATE INDEX findings_by_page ON findings (page) WHERE page IS NOT NULL;

-- Fields by which lines are looked up: of statements, of mentions, of articles, of stories.
ALTER TABLE findings ADD COLUMN speaker TEXT AS (CASE kind WHEN 'statement' THEN line ->> 'speaker' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN addressee TEXT AS (CASE kind WHEN 'statement' THEN line ->> 'addressee' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN act TEXT AS (CASE kind WHEN 'statement' THEN line ->> 'act' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN entity TEXT AS (CASE kind WHEN 'mention' THEN line ->> 'entity' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN lang TEXT AS (CASE kind WHEN 'article' THEN line ->> 'lang' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN outlet TEXT AS (CASE kind WHEN 'article' THEN line ->> 'outlet' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN credits TEXT AS (CASE kind WHEN 'article' THEN line ->> 'credits' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN day TEXT AS (CASE kind WHEN 'article' THEN line ->> '$.published.value' END) VIRTUAL;
ALTER TABLE findings ADD COLUMN last_day TEXT AS (CASE kind WHEN 'story' THEN coalesce(line ->> 'to', '') END) VIRTUAL;

-- An act and credits are never null: these indexes hold every statement and every article, with all that is counted
-- of them, so that no line is read for a count.
CREATE INDEX statements_by_speaker ON findings (speaker, page, n, addressee, act) WHERE act IS NOT NULL;
CREATE INDEX statements_by_addressee ON findings (addressee, page, n) WHERE addressee IS NOT NULL;
CREATE INDEX mentions_by_entity ON findings (entity, page) WHERE entity IS NOT NULL;
CREATE INDEX articles_by_day ON findings (day, page, lang, outlet, credits) WHERE credits IS NOT NULL;
CREATE INDEX stories_by_day ON findings (last_day, n) WHERE last_day IS NOT NULL;

-- Folded words, joined by blanks (the form by which the program looks words up: no vowel marks, one alef, small letters).
-- They find pages and lines; where the words stand, the program looks up on the page. The tokenizer `ascii` takes
-- them as they are. `page_words`: of page `rowid`; `said_words`: of what the statement of line `rowid` says;
-- `entity_words`: of all names of the entity of line `rowid`. They keep the folded words themselves: tables without them
-- need an SQLite of 2023 to take a line out, and other tools could not open the record.
CREATE VIRTUAL TABLE page_words USING fts5 (words, columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE said_words USING fts5 (words, columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE entity_words USING fts5 (words, columnsize = 0, tokenize = 'ascii');

-- On how many pages each folded word stands.
CREATE VIRTUAL TABLE page_vocabulary USING fts5vocab (page_words, row);

-- Each folded word that stood on a page once, and its runs of three letters: which words hold these letters?
CREATE TABLE vocabulary (n INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE vocabulary_parts USING fts5 (word, content = 'vocabulary', content_rowid = 'n', tokenize = 'trigram',
  detail = 'none');
CREATE TRIGGER vocabulary_grows AFTER INSERT ON vocabulary BEGIN
  INSERT INTO vocabulary_parts (rowid, word) VALUES (new.n, new.word);
END;

-- `searchable`: 1 once the words of all lines are in. A record of version 4 has none yet; the next run reads it again.
INSERT INTO state SELECT 'searchable', CASE WHEN EXISTS (SELECT 1 FROM pages) THEN '0' ELSE '1' END;
UPDATE state SET value = '' WHERE key = 'reader';

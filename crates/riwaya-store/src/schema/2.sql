-- Version 2: what finds the pages near a new one, so that a page can be added without reading all others again.

-- Hashes of what a page is about (words of headline and lead, whom it names, some of its runs of words).
CREATE TABLE marks (
  mark INTEGER NOT NULL,
  page INTEGER NOT NULL REFERENCES pages (page),
  PRIMARY KEY (mark, page)
) WITHOUT ROWID, STRICT;
CREATE INDEX marks_by_page ON marks (page);

-- The story of each page.
CREATE TABLE members (
  page  INTEGER PRIMARY KEY REFERENCES pages (page),
  story TEXT NOT NULL
) STRICT;
CREATE INDEX members_by_story ON members (story);

-- The story of a line: of contacts, points and stories.
ALTER TABLE findings ADD COLUMN story TEXT;
CREATE INDEX findings_by_story ON findings (story) WHERE story IS NOT NULL;

-- Pages that are new or changed since the findings were made.
CREATE TABLE unread (page INTEGER PRIMARY KEY REFERENCES pages (page)) STRICT;

-- Pages of a record of version 1 have no marks yet; the next run reads them all.
INSERT INTO unread SELECT page FROM pages;
UPDATE state SET value = '1' WHERE key = 'stale' AND EXISTS (SELECT 1 FROM pages);

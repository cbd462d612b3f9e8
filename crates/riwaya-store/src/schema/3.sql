-- Version 3: pages that were read from mark-up, with the way back to the bytes that came.

-- `apart`: lines that are no article, [first byte, byte behind, kind] each. `origin`: where the text's characters stand
-- among the bytes, {"charset": …, "stretches": [[first code point, how many, first byte, byte behind] …]}; null where
-- the text is what came.
ALTER TABLE pages ADD COLUMN updated TEXT;
ALTER TABLE pages ADD COLUMN section TEXT;
ALTER TABLE pages ADD COLUMN apart TEXT;
ALTER TABLE pages ADD COLUMN origin TEXT;
ALTER TABLE versions ADD COLUMN updated TEXT;
ALTER TABLE versions ADD COLUMN section TEXT;
ALTER TABLE versions ADD COLUMN apart TEXT;
ALTER TABLE versions ADD COLUMN origin TEXT;

-- Pages as they came, of all versions, compressed with zlib.
CREATE TABLE raw (
  sha256 TEXT PRIMARY KEY,
  length INTEGER NOT NULL,
  zlib   BLOB NOT NULL
) STRICT;

DROP VIEW articles;
CREATE VIEW articles AS
SELECT p.id, p.outlet, p.url, p.section, f.line ->> 'lang' AS lang, f.line ->> '$.published.value' AS published,
       f.line ->> '$.published.from' AS published_from, p.updated, p.title, p.author, p.sha256, p.version, p.added,
       p.text
FROM pages p LEFT JOIN findings f ON f.kind = 'article' AND f.id = p.id;

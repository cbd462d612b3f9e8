-- Version 6: what somebody put right by hand. The log only grows; what was wrong in it is undone by a further entry.

-- `what`: join_entities, split_entity, join_stories, split_story, speaker, published, or undo. `target`: what it is
-- about, as JSON: pages by id, statements by page, place and words, entities by id, name and a page that names them.
CREATE TABLE corrections (
  n      INTEGER PRIMARY KEY,
  at     TEXT NOT NULL,
  author TEXT NOT NULL CHECK (trim(author) <> ''),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  what   TEXT NOT NULL,
  target TEXT NOT NULL CHECK (json_valid(target)),
  undoes INTEGER REFERENCES corrections (n),
  CHECK ((what = 'undo') = (undoes IS NOT NULL))
) STRICT;

CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are a log and are not changed; undo the correction'); END;
CREATE TRIGGER corrections_are_not_deleted BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are a log and are not deleted; undo the correction'); END;
CREATE TRIGGER corrections_are_not_replaced BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE n >= NEW.n)
BEGIN SELECT RAISE(ABORT, 'corrections are a log and are added at its end'); END;

-- `state`: in_force, undone, or orphaned, with the reason in `explain`: what it is about is no longer there.
CREATE TABLE correction_states (
  n       INTEGER PRIMARY KEY REFERENCES corrections (n),
  state   TEXT NOT NULL,
  explain TEXT
) STRICT;

-- The pages whose findings rest on a correction.
CREATE TABLE corrected (
  page INTEGER NOT NULL REFERENCES pages (page),
  n    INTEGER NOT NULL REFERENCES corrections (n),
  PRIMARY KEY (page, n)
) WITHOUT ROWID, STRICT;

-- `corrections`: the last correction that the findings know of.
INSERT INTO state VALUES ('corrections', '0');

CREATE VIEW corrections_in_force AS
SELECT c.n, c.at, c.author, c.reason, c.what, c.target,
       (SELECT json_group_array(p.id) FROM corrected d JOIN pages p USING (page) WHERE d.n = c.n) AS articles
FROM corrections c JOIN correction_states s USING (n) WHERE s.state = 'in_force' AND c.what <> 'undo';

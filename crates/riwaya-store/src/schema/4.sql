-- Version 4: what `riwaya watch` knows of the addresses that it looks at. Times are seconds since 1970.

-- `role`: feed, page (looked at again and again) or item (behind an entry of a feed; done when it was read). `entry`:
-- what the feed says of an item, as JSON. `next`: when it is due; null where it is not looked at any more.
-- `problem`: why nothing came of the last try.
CREATE TABLE fetched (
  n             INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,
  host          TEXT NOT NULL,
  role          TEXT NOT NULL,
  feed          TEXT,
  entry         TEXT,
  updated       TEXT,
  etag          TEXT,
  last_modified TEXT,
  status        INTEGER,
  tried         INTEGER,
  next          INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,
  sha256        TEXT,
  problem       TEXT
) STRICT;
CREATE INDEX fetched_by_next ON fetched (host, role, next) WHERE next IS NOT NULL;

-- The robots.txt of hosts; `text` is null where the host could not give it.
CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT, until INTEGER NOT NULL) STRICT;

-- Pages that came by `watch` and have not been told of yet.
CREATE TABLE untold (page INTEGER PRIMARY KEY REFERENCES pages (page)) STRICT;

-- Lines that were not handed on yet. `target`: stdout, file:PATH, webhook:URL.
CREATE TABLE outbox (
  n      INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  line   TEXT NOT NULL,
  tries  INTEGER NOT NULL DEFAULT 0,
  next   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_by_target ON outbox (target, n);

CREATE INDEX pushes_by_account ON pushes (account_id);

CREATE INDEX pushes_by_age ON pushes (received_at);

CREATE INDEX pushes_unmerged ON pushes (id) WHERE merged = 0;

CREATE INDEX replies_by_account ON replies (account);

CREATE INDEX replies_by_age ON replies (began_at);

CREATE INDEX replies_unmerged ON replies (attempt) WHERE state = 'complete' AND merged = 0;

CREATE TABLE counted_calls (
  -- one that made them; accounts of one key count together
  account_id TEXT NOT NULL,
  key_fingerprint TEXT NOT NULL,
  day TEXT NOT NULL,
  -- all calls of that key on that day
  used INTEGER NOT NULL,
  PRIMARY KEY (account_id, key_fingerprint, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE pushes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  -- the last pull whose reply had arrived before
  after_attempt INTEGER NOT NULL,
  method TEXT NOT NULL,
  content_type TEXT NOT NULL,
  -- the query as it came, without the path
  query TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  -- raw deflate of the body as it came
  data BLOB NOT NULL,
  merged INTEGER NOT NULL DEFAULT 0,
  -- 1: something in it has no order yet or could not be read, so it is kept for ever
  keep INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE replies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  attempt INTEGER NOT NULL,
  request INTEGER NOT NULL,
  run INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  type INTEGER NOT NULL,
  channel TEXT NOT NULL,
  range_from TEXT,
  range_to TEXT,
  sent_at INTEGER NOT NULL,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  http_status INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'complete', 'cutOff')),
  error TEXT,
  bytes INTEGER NOT NULL DEFAULT 0,
  merged INTEGER NOT NULL DEFAULT 0,
  -- 1: something in it is unreadable or unclear, so it is kept for ever
  keep INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE reply_chunks (
  reply INTEGER NOT NULL REFERENCES replies (id),
  position INTEGER NOT NULL,
  -- raw deflate of the bytes as they came
  data BLOB NOT NULL,
  PRIMARY KEY (reply, position)
) STRICT;

CREATE TABLE sqlite_sequence(name,seq)
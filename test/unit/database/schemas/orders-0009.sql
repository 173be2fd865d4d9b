CREATE UNIQUE INDEX accounts_by_id ON accounts (account_id) WHERE forgotten = 0;

CREATE INDEX attempts_by_key ON attempts (key_fingerprint, day);

CREATE INDEX attempts_by_request ON attempts (request);

CREATE INDEX changes_backward ON status_changes (account, seen_at, id) WHERE had_before = 1 AND backward = 1;

CREATE INDEX changes_by_move ON status_changes (account, axis, type, coalesce(to_word, to_code),
  coalesce(from_word, from_code), seen_at, id) WHERE had_before = 1;

CREATE INDEX changes_by_time ON status_changes (account, seen_at, id) WHERE had_before = 1;

CREATE INDEX merged_replies_by_pull ON merged_replies (account, pull_order);

CREATE INDEX merged_replies_by_received ON merged_replies (account, received) WHERE received > 0;

CREATE INDEX merged_replies_by_time ON merged_replies (account, merged_at);

CREATE INDEX merged_replies_by_total ON merged_replies (account, total) WHERE total > 0;

CREATE INDEX orders_activated ON orders (account, activated_at, changed_at) WHERE stage = 'activated';

CREATE INDEX orders_by_changed ON orders (account, changed_at, type, stage);

CREATE INDEX orders_by_first_seen ON orders (account, first_seen_at, type, stage);

CREATE UNIQUE INDEX orders_by_number ON orders (account, order_no, type);

CREATE INDEX orders_by_own_no ON orders (account, own_no) WHERE own_no IS NOT NULL;

CREATE INDEX orders_by_placed ON orders (account, placed_at, type, stage);

CREATE INDEX orders_by_stage ON orders (account, type, stage, placed_at);

CREATE INDEX orders_changed_later ON orders (account, changed_at) WHERE changed_at > first_seen_at;

CREATE INDEX orders_first_recharge ON orders (account, CAST(recharge_amount AS REAL))
  WHERE stage IN ('activated', 'recharged', 'settlementFailed') AND recharge_amount IS NOT NULL;

CREATE INDEX orders_flagged ON orders (account, flag) WHERE flag IS NOT NULL;

CREATE INDEX orders_gone_backward ON orders (account, stage) WHERE backward = 1;

CREATE INDEX orders_partial ON orders (account, type) WHERE partial = 1;

CREATE INDEX orders_shipped ON orders (account, shipped_at, changed_at) WHERE stage = 'shipped';

CREATE INDEX orders_tagged ON orders (account, tags) WHERE tags IS NOT NULL;

CREATE INDEX orders_without_creation ON orders (account, type, placed_at) WHERE created_at IS NULL;

CREATE INDEX pushed_items_by_account ON pushed_items (account, id);

CREATE INDEX pushed_items_by_digest ON pushed_items (account, digest, id);

CREATE INDEX pushed_items_by_order ON pushed_items (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX pushed_items_by_push ON pushed_items (push_uid);

CREATE INDEX pushed_items_waiting_by_order_no ON pushed_items (account, order_no)
  WHERE state IN ('unmatched', 'several');

CREATE INDEX pushed_items_waiting_by_own_no ON pushed_items (account, own_no)
  WHERE state IN ('unmatched', 'several');

CREATE INDEX read_changes_by_account ON read_changes (account);

CREATE INDEX requests_by_run ON requests (run);

CREATE INDEX requests_open ON requests (account, id) WHERE state = 'open';

CREATE INDEX status_changes_by_order ON status_changes (order_id, axis, pull_order);

CREATE INDEX sync_runs_by_start ON sync_runs (account, started_at);

CREATE INDEX unread_ranges_by_account ON unread_ranges (account, type, channel);

CREATE INDEX unreadable_items_by_account ON unreadable_items (account, id);

CREATE INDEX unreadable_items_by_original ON unreadable_items (account, type, length(original), substr(original, 1, 64));

CREATE UNIQUE INDEX views_by_name ON views (account, name);

CREATE TABLE absences (
  order_id INTEGER PRIMARY KEY,
  pull_order INTEGER NOT NULL,
  reads INTEGER NOT NULL,
  run INTEGER NOT NULL,
  gone_at INTEGER
) STRICT;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  -- the code profile its replies gave away last
  profile TEXT,
  -- 1: its data is being deleted, in steps; every query already treats it as gone
  forgotten INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL,
  key_fingerprint TEXT NOT NULL,
  day TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  reply_began_at INTEGER,
  ended_at INTEGER,
  error TEXT,
  -- 1: it surely delivered nothing
  did_nothing INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE export_files (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE feed_marks (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  -- epoch ms: changes seen until then are read; the newest change that the last visit could see
  read_at INTEGER NOT NULL DEFAULT 0,
  visited_at INTEGER
) STRICT;

CREATE TABLE known_codes (
  account INTEGER NOT NULL REFERENCES accounts (id),
  code TEXT NOT NULL,
  PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE left_annotations (
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  order_no TEXT NOT NULL,
  note TEXT,
  tags TEXT,
  flag TEXT,
  PRIMARY KEY (account, type, order_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE mappings (
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  -- as JSON; an older app cannot have written what a newer one does not read
  rules TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  -- the rules by which orders were last rebuilt; null: never, so by none
  applied TEXT,
  PRIMARY KEY (account, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE merged_replies (
  uid TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  pull_order INTEGER NOT NULL,
  merged_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  result TEXT NOT NULL
, request INTEGER, received INTEGER, total INTEGER) STRICT;

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE order_originals (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id),
  json TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE order_search USING fts5 (
  document, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none
);

CREATE TABLE 'order_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'order_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'order_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'order_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE VIRTUAL TABLE order_search_terms USING fts5vocab (order_search, row);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  stage TEXT NOT NULL,
  -- creation time, or when it was first seen where the upstream gave none: Beijing time
  placed_at TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- the attempt that wrote it last; a later pull always wins
  pull_order INTEGER NOT NULL,
  backward INTEGER NOT NULL DEFAULT 0,
  order_no TEXT NOT NULL,
  own_no TEXT,
  created_at TEXT,
  product_name TEXT,
  product_id TEXT,
  customer_name TEXT,
  id_number TEXT,
  phone TEXT,
  province TEXT,
  city TEXT,
  district TEXT,
  address TEXT,
  produced_number TEXT,
  iccid TEXT,
  reason TEXT,
  remark TEXT,
  courier TEXT,
  tracking_no TEXT,
  shipped_at TEXT,
  activated_at TEXT,
  recharge_amount TEXT,
  recharged_at TEXT,
  commission TEXT,
  settled_at TEXT,
  settlement_rule TEXT,
  source TEXT,
  agent TEXT,
  updated_at TEXT,
  production_word TEXT,
  production_code TEXT,
  activation_word TEXT,
  activation_code TEXT,
  recharge_word TEXT,
  recharge_code TEXT,
  settlement_word TEXT,
  settlement_code TEXT,
  refund_word TEXT,
  refund_code TEXT
, pushed INTEGER NOT NULL DEFAULT 0, partial INTEGER NOT NULL DEFAULT 0, full_reads INTEGER NOT NULL DEFAULT 0, note TEXT, tags TEXT, flag TEXT) STRICT;

CREATE TABLE pushed_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  -- the push in the replies file, and the place within it
  push_uid TEXT NOT NULL,
  position INTEGER NOT NULL,
  -- of account and element: the same event again is one row
  digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('merged', 'unmatched', 'several', 'product', 'unreadable')),
  received_at INTEGER NOT NULL,
  last_received_at INTEGER NOT NULL,
  repeats INTEGER NOT NULL DEFAULT 0,
  -- the last pull whose reply had arrived before the push
  after_attempt INTEGER NOT NULL,
  order_no TEXT,
  own_no TEXT,
  -- the fields and axes it names, as JSON; the element as it was pushed
  said TEXT NOT NULL,
  original TEXT NOT NULL,
  order_id INTEGER,
  -- range reads that were made to find its order
  reads INTEGER NOT NULL DEFAULT 0
, run INTEGER) STRICT;

CREATE TABLE quota_spent (
  key_fingerprint TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (key_fingerprint, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE range_evidence (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  created_only INTEGER NOT NULL DEFAULT 0,
  updated_only INTEGER NOT NULL DEFAULT 0,
  created_inside INTEGER NOT NULL DEFAULT 0,
  created_outside INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE read_changes (
  change_id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL
) STRICT;

CREATE TABLE reconcile_findings (
  run INTEGER NOT NULL REFERENCES sync_runs (id),
  order_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'changed', 'gone')),
  PRIMARY KEY (run, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES sync_runs (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  channel TEXT NOT NULL,
  range_from TEXT,
  range_to TEXT,
  opened_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'failed')),
  closed_at INTEGER
) STRICT;

CREATE TABLE search_waiting (order_id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE status_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  axis TEXT NOT NULL,
  had_before INTEGER NOT NULL,
  from_word TEXT,
  from_code TEXT,
  to_word TEXT,
  to_code TEXT,
  stage TEXT NOT NULL,
  backward INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  upstream_at TEXT,
  run INTEGER NOT NULL,
  pull_order INTEGER NOT NULL
, push INTEGER, account INTEGER NOT NULL DEFAULT 0, type INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE sync_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  range_from TEXT,
  range_to TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  complete INTEGER NOT NULL DEFAULT 0,
  outcome TEXT,
  said TEXT,
  error TEXT,
  requests INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0,
  new INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE unread_ranges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  channel TEXT NOT NULL,
  range_from TEXT NOT NULL,
  range_to TEXT NOT NULL,
  wanted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE unreadable_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  reply_uid TEXT NOT NULL,
  position INTEGER NOT NULL,
  reason TEXT NOT NULL,
  original TEXT NOT NULL,
  seen_at INTEGER NOT NULL
, last_seen_at INTEGER, times INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TABLE view_rules (
  account INTEGER NOT NULL REFERENCES accounts (id),
  rule TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (account, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER REFERENCES accounts (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  settings TEXT NOT NULL
) STRICT;

CREATE TRIGGER annotated_again AFTER INSERT ON orders WHEN EXISTS (SELECT 1 FROM left_annotations l WHERE l.account = NEW.account AND l.type = NEW.type AND l.order_no = NEW.order_no)
BEGIN
  UPDATE orders SET (note, tags, flag) = (
    SELECT coalesce(NEW.note, l.note), coalesce(NEW.tags, l.tags), coalesce(NEW.flag, l.flag) FROM left_annotations l WHERE l.account = NEW.account AND l.type = NEW.type AND l.order_no = NEW.order_no
  ) WHERE id = NEW.id;
  DELETE FROM left_annotations WHERE account = NEW.account AND type = NEW.type AND order_no = NEW.order_no;
END;

CREATE TRIGGER annotated_under_number AFTER UPDATE OF order_no ON orders WHEN EXISTS (SELECT 1 FROM left_annotations l WHERE l.account = NEW.account AND l.type = NEW.type AND l.order_no = NEW.order_no)
BEGIN
  UPDATE orders SET (note, tags, flag) = (
    SELECT coalesce(NEW.note, l.note), coalesce(NEW.tags, l.tags), coalesce(NEW.flag, l.flag) FROM left_annotations l WHERE l.account = NEW.account AND l.type = NEW.type AND l.order_no = NEW.order_no
  ) WHERE id = NEW.id;
  DELETE FROM left_annotations WHERE account = NEW.account AND type = NEW.type AND order_no = NEW.order_no;
END;

CREATE TRIGGER search_for_changed AFTER UPDATE OF order_no, own_no, customer_name, phone, produced_number, tracking_no, product_name, remark ON orders
  WHEN (OLD.order_no, OLD.own_no, OLD.customer_name, OLD.phone, OLD.produced_number, OLD.tracking_no, OLD.product_name, OLD.remark) IS NOT (NEW.order_no, NEW.own_no, NEW.customer_name, NEW.phone, NEW.produced_number, NEW.tracking_no, NEW.product_name, NEW.remark)
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (NEW.id); END;

CREATE TRIGGER search_for_deleted AFTER DELETE ON orders
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (OLD.id); END;

CREATE TRIGGER search_for_new AFTER INSERT ON orders
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (NEW.id); END
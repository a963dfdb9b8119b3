-- What the first version has left; dev.ackbox.inbox.sqlite.Upgrade moves it into the tables below, then drops it.
ALTER TABLE record RENAME TO old_record;
ALTER TABLE waiting RENAME TO old_waiting;
ALTER TABLE dead RENAME TO old_dead;

-- One row. The number of the last batch tells after an uncertain commit whether it is durable.
CREATE TABLE store (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  hash_key        BLOB    NOT NULL, -- of the hashes of conversations and subjects
  last_id         INTEGER NOT NULL, -- of a record; no id is given twice
  batch           INTEGER NOT NULL,
  indexed_through INTEGER NOT NULL, -- keys and subjects of records up to here are in seen and lookup
  erased_through  INTEGER NOT NULL, -- payloads up to here are erased, except where a delivery needs them
  deleted_through INTEGER NOT NULL  -- records up to here are deleted, except where a delivery needs them
) STRICT;

INSERT INTO store VALUES (1, randomblob(16), (SELECT coalesce(max(id), 0) FROM old_record), 0,
  (SELECT coalesce(max(id), 0) FROM old_record), 0, 0);

-- Where records come from: few, since each stands for many records.
CREATE TABLE source (
  id           INTEGER PRIMARY KEY,
  endpoint     TEXT NOT NULL,
  field        TEXT NOT NULL,
  account      TEXT,
  phone_number TEXT
) STRICT;

-- One row per item received.
CREATE TABLE record (
  id           INTEGER PRIMARY KEY,
  lane         INTEGER NOT NULL,
  conversation INTEGER NOT NULL, -- keyed hash
  received_at  INTEGER NOT NULL, -- milliseconds since 1970
  source       INTEGER NOT NULL,
  key          BLOB    NOT NULL,
  subjects     BLOB              -- keyed hashes of users, messages and groups, 8 bytes each
) STRICT;

CREATE INDEX record_by_lane ON record (lane, id);

-- Apart from the record, so that retention frees pages.
CREATE TABLE payload (
  id   INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

-- Keys, so that duplicates are recognised. Those of the newest records are in memory and come here in sorted steps.
CREATE TABLE seen (
  key BLOB    NOT NULL PRIMARY KEY, -- begins with the item's time, so that inserts stay together
  id  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Records by subject, a run of records at a time, so that inserts stay together.
CREATE TABLE lookup (
  run     INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  id      INTEGER NOT NULL,
  PRIMARY KEY (run, subject, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  number  INTEGER PRIMARY KEY,
  last_id INTEGER NOT NULL
) STRICT;

-- Records below the id were stored before the time. Retention goes by these, not by what a clock said when a record came.
CREATE TABLE tick (
  at INTEGER PRIMARY KEY, -- milliseconds since 1970
  id INTEGER NOT NULL
) STRICT;

CREATE TABLE consumer (
  name      TEXT    NOT NULL PRIMARY KEY,
  target    TEXT    NOT NULL,
  important INTEGER NOT NULL,
  paused    INTEGER NOT NULL,
  start_id  INTEGER NOT NULL, -- records behind it are assigned
  unused    INTEGER NOT NULL, -- ids behind start_id without a record: the first version gave some to duplicates
  forgotten INTEGER NOT NULL  -- dead letters and discarded records that are no longer kept
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
  consumer  TEXT    NOT NULL PRIMARY KEY,
  floor     INTEGER NOT NULL, -- the lowest position of all lanes
  completed INTEGER NOT NULL,
  discarded INTEGER NOT NULL,
  lanes     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- What a consumer's position has passed and that is not completed.
CREATE TABLE delivery (
  consumer     TEXT    NOT NULL,
  id           INTEGER NOT NULL,
  lane         INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  state        INTEGER NOT NULL, -- 0 held, 1 retry, 2 dead, 3 discarded
  attempts     INTEGER NOT NULL, -- failed so far
  not_before   INTEGER,
  changed_at   INTEGER NOT NULL,
  succeeded    TEXT,             -- names of handlers, a line each
  reason       TEXT,
  PRIMARY KEY (consumer, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_held ON delivery (consumer, lane, conversation, id) WHERE state = 0;
CREATE INDEX delivery_retry ON delivery (consumer, lane, not_before) WHERE state = 1;
-- Queries have to say the condition in the same words.
CREATE INDEX delivery_end ON delivery (consumer, state, changed_at) WHERE state >= 2;
CREATE INDEX delivery_by_id ON delivery (id, state);

-- Failed attempts.
CREATE TABLE attempt (
  id       INTEGER NOT NULL,
  consumer TEXT    NOT NULL,
  number   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  PRIMARY KEY (id, consumer, number)
) STRICT, WITHOUT ROWID;

-- One row per item received. Completed = here, but neither in waiting nor in dead.
CREATE TABLE record (
  id              INTEGER PRIMARY KEY,
  idempotency_key BLOB    NOT NULL UNIQUE, -- begins with the item's time, so that inserts stay together
  endpoint        TEXT    NOT NULL,
  field           TEXT    NOT NULL,
  lane            INTEGER NOT NULL,
  conversation    TEXT,                    -- null once erased
  received_at     INTEGER NOT NULL,        -- milliseconds since 1970
  payload         BLOB                     -- null once erased
) STRICT;

-- Small on purpose: rows come and go with each record, the big row above stays as it was written.
CREATE TABLE waiting (
  lane       INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  attempts   INTEGER NOT NULL,             -- failed so far
  not_before INTEGER,                      -- null until the first failure
  succeeded  TEXT,                         -- names of handlers that are done, a line each
  reason     TEXT,
  PRIMARY KEY (lane, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX waiting_by_time ON waiting (lane, not_before) WHERE not_before IS NOT NULL;

CREATE TABLE dead (
  id        INTEGER PRIMARY KEY,
  died_at   INTEGER NOT NULL,
  attempts  INTEGER NOT NULL,
  succeeded TEXT,
  reason    TEXT    NOT NULL
) STRICT;

-- Written to find out whether there is room again after a failure.
CREATE TABLE probe (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  filler BLOB NOT NULL
) STRICT;

-- Which sources the records of a run have, so that a look-up by source passes the other runs.
CREATE TABLE run_source (
  source  INTEGER NOT NULL,
  run     INTEGER NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (source, run)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_source_by_run ON run_source (run);

INSERT INTO run_source (source, run, records)
  SELECT record.source, run.number, count(*) FROM run JOIN record
    ON record.id > coalesce((SELECT max(last_id) FROM run AS earlier WHERE earlier.number < run.number), 0)
      AND record.id <= run.last_id
    GROUP BY record.source, run.number;

-- By record first, then an index by state and id: operators list by state, newest first.
CREATE TABLE new_delivery (
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
  PRIMARY KEY (id, consumer)
) STRICT, WITHOUT ROWID;

INSERT INTO new_delivery
  SELECT consumer, id, lane, conversation, state, attempts, not_before, changed_at, succeeded, reason FROM delivery;

DROP TABLE delivery;
ALTER TABLE new_delivery RENAME TO delivery;

CREATE INDEX delivery_by_state ON delivery (consumer, state, id);
CREATE INDEX delivery_held ON delivery (consumer, lane, conversation, id) WHERE state = 0;
CREATE INDEX delivery_retry ON delivery (consumer, lane, not_before) WHERE state = 1;
-- Queries have to say the condition in the same words.
CREATE INDEX delivery_end ON delivery (consumer, state, changed_at) WHERE state >= 2;

-- 1 where it was erased on request.
ALTER TABLE record ADD COLUMN erased INTEGER;

-- Whether something was erased that may still be in the files.
ALTER TABLE store ADD COLUMN sweep INTEGER NOT NULL DEFAULT 0;

-- Holds zeros for a moment, in what was free pages.
CREATE TABLE sweep (
  id     INTEGER PRIMARY KEY,
  filler BLOB NOT NULL
) STRICT;

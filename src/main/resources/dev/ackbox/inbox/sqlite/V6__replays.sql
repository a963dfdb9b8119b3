-- What makes a consumer a replay.
CREATE TABLE replay (
  consumer     TEXT    NOT NULL PRIMARY KEY,
  created_at   INTEGER NOT NULL,
  end_id       INTEGER NOT NULL, -- records behind it are not assigned
  records      INTEGER NOT NULL, -- that matched when it was started
  handler      TEXT,             -- the only one to be called
  rate         INTEGER NOT NULL, -- records a second
  description  TEXT    NOT NULL,
  -- Which records, as in a search. What is null may be anything.
  ids          BLOB,             -- 8 bytes each
  key          BLOB,
  subjects     BLOB,             -- keyed hashes, 8 bytes each
  endpoint     TEXT,
  field        TEXT,
  account      TEXT,
  phone_number TEXT,
  from_time    INTEGER,          -- milliseconds since 1970
  to_time      INTEGER
) STRICT, WITHOUT ROWID;

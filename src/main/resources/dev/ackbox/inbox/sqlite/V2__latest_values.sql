-- State of which only the newest counts; one row per key.
CREATE TABLE latest_value (
  key   TEXT    NOT NULL PRIMARY KEY,
  time  INTEGER NOT NULL,                  -- milliseconds since 1970, by the clock of whoever sent it
  value BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- What is remembered about a record, such as what was sent for it. With a row id, so that an erased value is overwritten in place.
CREATE TABLE note (
  number INTEGER PRIMARY KEY,
  id     INTEGER NOT NULL, -- of the record
  name   TEXT    NOT NULL,
  value  BLOB    NOT NULL, -- zeros once erased
  UNIQUE (id, name)
) STRICT;

-- How far payloads are erased of fields that are kept for a shorter time.
CREATE TABLE field_retention (
  field          TEXT    NOT NULL PRIMARY KEY, -- lower case letters and digits of its name
  erased_through INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed attempts of records up to here are deleted, except where a delivery is left.
ALTER TABLE store ADD COLUMN attempts_through INTEGER NOT NULL DEFAULT 0;

-- Which erasures this database has seen: one that it has not is applied again, since the database is an older copy.
CREATE TABLE erasure (
  subject INTEGER NOT NULL PRIMARY KEY, -- keyed hash
  at      INTEGER NOT NULL              -- milliseconds since 1970
) STRICT;

-- Rows near which copies of what was erased may have stayed behind, until a sweep has moved them.
CREATE TABLE refresh (
  name TEXT    NOT NULL, -- of the table
  key  INTEGER NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

-- One row. The positions of retention are ids, and go on in small steps.
CREATE TABLE store (
  id               integer PRIMARY KEY CHECK (id = 1),
  hash_key         bytea   NOT NULL,           -- of the hashes of conversations and subjects
  shares           integer NOT NULL,           -- never changes
  records          bigint  NOT NULL DEFAULT 0, -- stored so far by replicas that are gone
  revision         bigint  NOT NULL DEFAULT 0, -- grows with what operators do, so that every replica learns of it
  erased_through   bigint  NOT NULL DEFAULT 0, -- payloads up to here are erased, except where a delivery needs them
  deleted_through  bigint  NOT NULL DEFAULT 0, -- records up to here are deleted, except where a delivery needs them
  attempts_through bigint  NOT NULL DEFAULT 0  -- failed attempts up to here are deleted, except where a delivery is left
);

-- Two random UUIDs: the one source of random bytes that needs no extension.
INSERT INTO store (id, hash_key, shares) VALUES (1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 64);

-- Replicas that are alive, by the clock of the database.
CREATE TABLE replica (
  name  text        PRIMARY KEY,
  until timestamptz NOT NULL
);

-- Which replica works on a share. What an earlier owner has done since is refused by the epoch.
CREATE TABLE share (
  number integer PRIMARY KEY,
  owner  text,                                 -- null while nobody has it
  epoch  bigint  NOT NULL DEFAULT 0
);

INSERT INTO share (number) SELECT generate_series(0, 63);

-- How many records each replica has stored, apart from its last batches.
CREATE TABLE writer (
  name    text   PRIMARY KEY,                  -- of the replica
  records bigint NOT NULL
);

-- The last batches of each replica. A row tells after an uncertain commit that the batch is durable. New rows in place of one that
-- changes: with each old version that somebody's snapshot keeps, the next look at a row takes longer.
CREATE TABLE batch (
  writer  text    NOT NULL,
  number  bigint  NOT NULL,
  records integer NOT NULL,                    -- stored with it
  PRIMARY KEY (writer, number)
);

-- Of records. A transaction has its own id before it takes one from here, and no session keeps some for later.
CREATE SEQUENCE record_id CACHE 1;

-- Where records come from: few, since each stands for many records.
CREATE TABLE source (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint     text NOT NULL,
  field        text NOT NULL,
  account      text,
  phone_number text,
  UNIQUE NULLS NOT DISTINCT (endpoint, field, account, phone_number)
);

-- One row per item received.
CREATE TABLE record (
  id           bigint   PRIMARY KEY,
  conversation bigint   NOT NULL,              -- keyed hash; 0 once erased
  received_at  bigint   NOT NULL,              -- milliseconds since 1970
  source       integer  NOT NULL,
  share        smallint NOT NULL,
  lane         smallint NOT NULL,
  erased       boolean  NOT NULL DEFAULT false, -- on request
  key          bytea    NOT NULL,
  subjects     bigint[]                        -- keyed hashes of users, messages and groups; null where there are none
);

CREATE INDEX record_by_share ON record (share, lane, id);
CREATE INDEX record_by_source ON record (source, id);

-- Apart from the record, so that retention leaves the record as it is.
CREATE TABLE payload (
  id   bigint PRIMARY KEY,
  body bytea  NOT NULL
);

-- Keys, so that duplicates are recognised. A key begins with the item's time, so that inserts stay together.
CREATE TABLE seen (
  key bytea  PRIMARY KEY,
  id  bigint NOT NULL
);

-- Records by subject, 65,536 ids a run, so that inserts stay together.
CREATE TABLE lookup (
  run     bigint NOT NULL,                     -- id >> 16
  subject bigint NOT NULL,
  id      bigint NOT NULL,
  PRIMARY KEY (run, subject, id)
);

-- Records below the id were stored before the time. Retention goes by these, not by what a clock said when a record came.
CREATE TABLE tick (
  at bigint PRIMARY KEY,                       -- milliseconds since 1970
  id bigint NOT NULL
);

-- How far payloads are erased of fields that are kept for a shorter time.
CREATE TABLE field_retention (
  field          text   PRIMARY KEY,           -- lower case letters and digits of its name
  erased_through bigint NOT NULL
);

CREATE TABLE consumer (
  name       text    PRIMARY KEY,
  target     text    NOT NULL,
  important  boolean NOT NULL,
  paused     boolean NOT NULL DEFAULT false,
  start_id   bigint  NOT NULL,                 -- records behind it are assigned
  unassigned bigint  NOT NULL,                 -- of all records stored so far, those that were there before it
  forgotten  bigint  NOT NULL DEFAULT 0        -- dead letters and discarded records that are no longer kept
);

-- A row for each consumer and share from the start. Written often, so there is room beside each row for its next version.
CREATE TABLE progress (
  consumer  text    NOT NULL,
  share     integer NOT NULL,
  epoch     bigint  NOT NULL,                  -- that of the share's owner, who alone may write
  floor     bigint  NOT NULL,                  -- the lowest position of all lanes
  completed bigint  NOT NULL,
  discarded bigint  NOT NULL,
  lanes     bytea,                             -- null while nothing has been done
  PRIMARY KEY (consumer, share)
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- What a consumer's position has passed and that is not completed.
CREATE TABLE delivery (
  id           bigint   NOT NULL,
  consumer     text     NOT NULL,
  conversation bigint   NOT NULL,
  not_before   bigint,
  changed_at   bigint   NOT NULL,
  attempts     integer  NOT NULL,              -- failed so far
  share        smallint NOT NULL,
  lane         smallint NOT NULL,
  state        smallint NOT NULL,              -- 0 held, 1 retry, 2 dead, 3 discarded
  succeeded    text,                           -- names of handlers, a line each
  reason       text,
  PRIMARY KEY (id, consumer)
);

CREATE INDEX delivery_by_state ON delivery (consumer, state, id);
CREATE INDEX delivery_held ON delivery (consumer, share, lane, conversation, id) WHERE state = 0;
CREATE INDEX delivery_retry ON delivery (consumer, share, lane, not_before) WHERE state = 1;
CREATE INDEX delivery_waiting ON delivery (id) WHERE state < 2;
CREATE INDEX delivery_oldest ON delivery (consumer, share, id) WHERE state < 2;
CREATE INDEX delivery_end ON delivery (consumer, changed_at) WHERE state >= 2;

-- Failed attempts.
CREATE TABLE attempt (
  id       bigint  NOT NULL,
  consumer text    NOT NULL,
  number   integer NOT NULL,
  at       bigint  NOT NULL,
  reason   text    NOT NULL,
  PRIMARY KEY (id, consumer, number)
);

-- What is remembered about a record, such as what was sent for it.
CREATE TABLE note (
  id    bigint NOT NULL,                       -- of the record
  name  text   NOT NULL,
  value bytea  NOT NULL,
  PRIMARY KEY (id, name)
);

-- What makes a consumer a replay.
CREATE TABLE replay (
  consumer     text    PRIMARY KEY,
  created_at   bigint  NOT NULL,
  end_id       bigint  NOT NULL,               -- records behind it are not assigned
  records      bigint  NOT NULL,               -- that matched when it was started
  handler      text,                           -- the only one to be called
  rate         integer NOT NULL,               -- records a second
  description  text    NOT NULL,
  -- Which records, as in a search. What is null may be anything.
  ids          bigint[],
  key          bytea,
  subjects     bigint[],                       -- keyed hashes
  endpoint     text,
  field        text,
  account      text,
  phone_number text,
  from_time    bigint,                         -- milliseconds since 1970
  to_time      bigint
);

-- State of which only the newest counts; one row per key.
CREATE TABLE latest_value (
  key   text   PRIMARY KEY,
  time  bigint NOT NULL,                       -- milliseconds since 1970, by the clock of whoever sent it
  value bytea  NOT NULL
);

-- Erasures on request. One that is not done is repeated at the next start: after a crash, or where you have put it back
-- after a restore.
CREATE TABLE erasure (
  subject bigint  PRIMARY KEY,                 -- keyed hash
  at      bigint  NOT NULL,                    -- milliseconds since 1970
  done    boolean NOT NULL DEFAULT false
);

-- Written to find out whether there is room again after a failure.
CREATE TABLE probe (
  replica text  PRIMARY KEY,
  filler  bytea NOT NULL
);

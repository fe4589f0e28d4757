-- Money is fen, instants are milliseconds since 1970-01-01T00:00:00Z. Ids are ordered by their bytes (collation C), as the
-- engine orders them. What is updated again and again leaves room on its pages, so that a new version of a row stays beside
-- the old one and no index is touched; small tables that churn are vacuumed by the number of dead rows, not by a share.

-- What was fixed when the database was made.
create table fixed (name text primary key, value text not null);

-- The connection on which each silo commits. Whoever waits for one that is frozen in the middle of a transaction ends it.
create table committer (id uuid primary key, pid integer not null, backend_start timestamptz not null);

create table shard (
  id integer primary key,
  epoch bigint not null,
  last bigint not null,
  outbox_seq bigint not null,
  now_ms bigint not null,
  rolled_position bigint not null,
  rolled_to text collate "C",
  -- Records up to here are covered by snapshots.
  checkpoint bigint not null
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Parts of a million positions of every shard each: clients are spread evenly, so a part is about a span of time, a record
-- is found by its place alone, and an old part can go as a whole (decision 0007).
create table log (
  shard integer not null,
  position bigint not null,
  kind smallint not null,
  client text collate "C" not null,
  source text not null,
  id text not null,
  type text not null,
  time_ms bigint not null,
  at_ms bigint not null,
  data bytea not null,
  -- The event brought personal fields, which stand in `personal` under the same position.
  personal boolean not null,
  -- Position of the client's record before this one; 0: none.
  previous bigint not null,
  primary key (shard, position)
) partition by range (position);
-- The few records that concern every client, and where a client's replay starts: his newest `personal.erased`.
create index log_control on log (shard, position) where client = '';
create index log_erased on log (shard, client, position) where kind = 7;

-- One key a client: with the key gone, what is sealed under it is gone too, wherever a copy lies.
create table client_key (client text collate "C" primary key, key bytea not null);
create table personal (
  shard integer not null,
  position bigint not null,
  client text collate "C" not null,
  sealed bytea not null,
  primary key (shard, client, position)
);

create table client (
  shard integer not null,
  id text collate "C" not null,
  position bigint not null,
  -- Position of the client's own last record in the state.
  last bigint not null,
  state bytea not null,
  recent bytea not null,
  primary key (shard, id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
-- Packed already.
alter table client alter column state set storage external, alter column recent set storage external;

-- A due time may be earlier than needed, never later. asks_ms: when what is due may ask for a place on a desk.
create table due (
  shard integer not null,
  client text collate "C" not null,
  due_ms bigint not null,
  asks_ms bigint not null,
  primary key (shard, client)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Where a client belongs, for lists that are filtered by relation.
create table client_place (client text collate "C" primary key, outlet text not null, desk text not null) with (fillfactor = 80);

create table member (
  segment text collate "C" not null,
  client text collate "C" not null,
  since_ms bigint not null,
  primary key (segment, client)
) with (autovacuum_vacuum_scale_factor = 0.05);

create table decision (
  cursor bigint generated always as identity primary key,
  id text collate "C" not null unique,
  client text collate "C" not null,
  campaign text not null,
  trigger text not null,
  at_ms bigint not null,
  outcome text not null,
  prompt text,
  because text not null
) with (fillfactor = 90);
create index decision_client on decision (client, cursor);

create table outbox (
  shard integer not null,
  seq bigint not null,
  payload bytea not null,
  primary key (shard, seq)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

create table desk (id text collate "C" primary key, version bigint not null, seq bigint not null, clients bigint not null)
  with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create table desk_cursor (
  desk text collate "C" not null,
  source text collate "C" not null,
  seq bigint not null,
  primary key (desk, source)
) with (fillfactor = 50);
create table desk_client (
  desk text collate "C" not null,
  client text collate "C" not null,
  position bigint not null,
  moved_to text,
  primary key (desk, client)
) with (fillfactor = 80);
create table prompt (
  desk text collate "C" not null,
  id text collate "C" not null,
  seq bigint not null,
  state smallint not null,
  live boolean not null,
  due_ms bigint,
  payload bytea not null,
  primary key (desk, id)
) with (autovacuum_vacuum_scale_factor = 0.05);
create index prompt_seq on prompt (desk, seq);
create index prompt_live on prompt (desk) where live;
create index prompt_due on prompt (due_ms, desk) where due_ms is not null;
create table desk_handover (
  desk text collate "C" not null,
  id bigint not null,
  receiver text not null,
  payload bytea not null,
  primary key (desk, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create table desk_action (id text collate "C" primary key, answer bytea not null);
create table desk_record (id text collate "C" primary key, desk text not null, client text not null, data bytea not null)
  with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table branch (id text collate "C" primary key, version bigint not null)
  with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create table branch_cursor (
  branch text collate "C" not null,
  source text collate "C" not null,
  seq bigint not null,
  primary key (branch, source)
) with (fillfactor = 50);
create table place (
  branch text collate "C" not null,
  client text collate "C" not null,
  outlet text not null,
  asked bigint not null,
  assets_fen bigint not null,
  advisor text,
  confirmed boolean not null,
  primary key (branch, client)
) with (fillfactor = 80);

create table dead_letter (
  position bigint generated always as identity primary key,
  at_ms bigint not null,
  event_index integer not null,
  id text,
  code text not null,
  detail text not null,
  raw text not null
);

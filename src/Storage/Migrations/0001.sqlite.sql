-- Money is fen, instants are milliseconds since 1970-01-01T00:00:00Z.
create table shard (
  id integer primary key,
  epoch integer not null,
  last integer not null,
  outbox_seq integer not null,
  now_ms integer not null,
  rolled_position integer not null,
  rolled_to text
);

create table log (
  shard integer not null,
  position integer not null,
  kind integer not null,
  client text not null,
  source text not null,
  id text not null,
  type text not null,
  time_ms integer not null,
  at_ms integer not null,
  data blob not null,
  -- 1: the event brought personal fields, which stand in `personal` under the same position.
  personal integer not null,
  primary key (shard, position)
) without rowid;
create index log_client on log (shard, client, position);

-- One key a client: with the key gone, what is sealed under it is gone too, wherever a copy lies.
create table client_key (client text primary key, key blob not null) without rowid;
create table personal (
  shard integer not null,
  position integer not null,
  client text not null,
  sealed blob not null,
  primary key (shard, position)
) without rowid;
create index personal_client on personal (shard, client, position);

create table client (
  shard integer not null,
  id text not null,
  position integer not null,
  state blob not null,
  recent blob not null,
  primary key (shard, id)
);
create table due (
  shard integer not null,
  client text not null,
  due_ms integer not null,
  primary key (shard, client)
) without rowid;

-- Where a client belongs, for lists that are filtered by relation.
create table client_place (client text primary key, outlet text not null, desk text not null) without rowid;

create table member (
  segment text not null,
  client text not null,
  since_ms integer not null,
  primary key (segment, client)
) without rowid;

create table decision (
  cursor integer primary key autoincrement,
  id text not null unique,
  client text not null,
  campaign text not null,
  trigger text not null,
  at_ms integer not null,
  outcome text not null,
  prompt text,
  because text not null
);
create index decision_client on decision (client, cursor);

create table outbox (
  shard integer not null,
  seq integer not null,
  payload blob not null,
  primary key (shard, seq)
) without rowid;

create table desk (id text primary key, version integer not null, seq integer not null, clients integer not null) without rowid;
create table desk_cursor (
  desk text not null,
  source text not null,
  seq integer not null,
  primary key (desk, source)
) without rowid;
create table desk_client (
  desk text not null,
  client text not null,
  position integer not null,
  moved_to text,
  primary key (desk, client)
) without rowid;
create table prompt (
  desk text not null,
  id text not null,
  seq integer not null,
  state integer not null,
  live integer not null,
  due_ms integer,
  payload blob not null,
  primary key (desk, id)
);
create index prompt_seq on prompt (desk, seq);
create index prompt_live on prompt (desk) where live = 1;
create index prompt_due on prompt (due_ms, desk) where due_ms is not null;
create table desk_handover (
  desk text not null,
  id integer not null,
  receiver text not null,
  payload blob not null,
  primary key (desk, id)
) without rowid;
create table desk_action (id text primary key, answer blob not null) without rowid;
create table desk_record (id text primary key, desk text not null, client text not null, data blob not null) without rowid;

create table branch (id text primary key, version integer not null) without rowid;
create table branch_cursor (
  branch text not null,
  source text not null,
  seq integer not null,
  primary key (branch, source)
) without rowid;
create table place (
  branch text not null,
  client text not null,
  outlet text not null,
  asked integer not null,
  assets_fen integer not null,
  advisor text,
  confirmed integer not null,
  primary key (branch, client)
) without rowid;

create table dead_letter (
  position integer primary key autoincrement,
  at_ms integer not null,
  event_index integer not null,
  id text,
  code text not null,
  detail text not null,
  raw text not null
);

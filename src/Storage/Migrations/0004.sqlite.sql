-- The log is appended to and read in its order, so its key is one integer: 40 bits of position below the shard's number. A
-- client's records are found from his last one backwards. An index over client ids would be written at a random page for
-- each event, and took more time than the log itself (decision 0005).
create table log_by_key (
  k integer primary key,
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
  -- Position of the client's record before this one; 0: none.
  previous integer not null
);
insert into log_by_key
  select shard * 1099511627776 + position, kind, client, source, id, type, time_ms, at_ms, data, personal,
    case client when '' then 0 else lag(position, 1, 0) over (partition by shard, client order by position) end
  from log;
drop table log;
alter table log_by_key rename to log;
create index log_control on log (k) where client = '';

-- Records up to the checkpoint are covered by snapshots. Older snapshots had another format: they are made anew from the log.
alter table shard add column checkpoint integer not null default 0;
drop table client;
create table client (
  shard integer not null,
  id text not null,
  position integer not null,
  -- Position of the client's own last record in the state.
  last integer not null,
  state blob not null,
  recent blob not null,
  primary key (shard, id)
);

-- A due time may be earlier than needed, never later. asks_ms: when what is due may ask for a place on a desk.
alter table due add column asks_ms integer not null default 9223372036854775807;
update due set asks_ms = due_ms;

-- Where a client's replay starts: his newest `personal.erased`.
create index log_erased on log (client, k) where kind = 7;

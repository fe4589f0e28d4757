-- What stays of parts of the log that were dropped by age (decision 0012).

-- Records before this position were dropped, or are just being; a replay begins with the anchors that were made for this part.
create table log_start (position bigint not null, anchors integer not null);
insert into log_start values (0, 0);

-- Of those, the records that concern every client: they are met by whoever was not under them yet.
create table log_kept (like log including defaults including storage, primary key (shard, position));

-- Clients as they were when every shard's checkpoint had come to the beginning of a part: a set for each part.
create table anchor_part (part integer primary key);
create table anchor (
  part integer not null,
  shard integer not null,
  client text collate "C" not null,
  position bigint not null,
  state bytea not null,
  primary key (part, shard, client)
);
alter table anchor alter column state set storage external;

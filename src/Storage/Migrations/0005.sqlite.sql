-- What the map counts, by minutes since 1970; 0: gauges. Parts of a minute add up (decision 0009).
create table map_count (
  shard integer not null,
  minute integer not null,
  part integer not null,
  tally blob not null,
  primary key (shard, minute, part)
) without rowid;

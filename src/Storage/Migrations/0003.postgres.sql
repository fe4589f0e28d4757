-- What the map counts, by minutes since 1970; 0: gauges. Parts of a minute add up (decision 0009).
create table map_count (
  shard integer not null,
  minute integer not null,
  part bigint not null,
  tally bytea not null,
  primary key (shard, minute, part)
) with (autovacuum_vacuum_scale_factor = 0.05);

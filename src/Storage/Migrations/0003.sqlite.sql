-- Where a client's replay starts: his newest `personal.erased`. Few rows, so that looking for them is not reading the log.
create index log_erased on log (shard, client, position) where kind = 7;

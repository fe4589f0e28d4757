-- Who saw and did what (decision 0010): a chain a shard. hash: of the row before and this one.
create table audit (
  shard integer not null,
  seq bigint not null,
  at_ms bigint not null,
  who text not null,
  role text not null,
  node text,
  action text not null,
  refused boolean not null,
  client text,
  target text,
  detail text,
  branch text,
  mandate text,
  hash bytea not null,
  primary key (shard, seq)
);
create index audit_at on audit (at_ms, shard, seq);
create index audit_client on audit (client, at_ms) where client is not null;
create index audit_who on audit (who, at_ms);

-- Where each chain ends, signed.
create table audit_head (
  shard integer primary key,
  seq bigint not null,
  hash bytea not null,
  signature bytea not null
) with (fillfactor = 50);

-- Against mistakes. Whoever may drop it is found by the chain.
create function audit_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function audit_append_only();

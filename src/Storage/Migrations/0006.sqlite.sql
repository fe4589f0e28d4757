-- Who saw and did what (decision 0010): a chain a shard. hash: of the row before and this one.
create table audit (
  shard integer not null,
  seq integer not null,
  at_ms integer not null,
  who text not null,
  role text not null,
  node text,
  action text not null,
  refused integer not null,
  client text,
  target text,
  detail text,
  branch text,
  mandate text,
  hash blob not null,
  primary key (shard, seq)
) without rowid;
create index audit_at on audit (at_ms);
create index audit_client on audit (client, at_ms) where client is not null;
create index audit_who on audit (who, at_ms);

-- Where each chain ends, signed.
create table audit_head (
  shard integer primary key,
  seq integer not null,
  hash blob not null,
  signature blob not null
);

-- Against mistakes. Whoever may drop them is found by the chain.
create trigger audit_no_update before update on audit begin select raise(abort, 'audit is append-only'); end;
create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit is append-only'); end;

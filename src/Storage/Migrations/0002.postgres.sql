-- What Orleans' ADO.NET providers read their statements from, by name. The names, and those of the parameters and columns, are
-- theirs; the statements and tables are ours.
create table OrleansQuery (QueryKey text primary key, QueryText text not null);

-- Grain state of low rate.
create table grain_state (
  id_hash integer not null,
  id_n0 bigint not null,
  id_n1 bigint not null,
  type_hash integer not null,
  type text not null,
  extension text,
  service text not null,
  payload bytea,
  modified_on timestamptz not null,
  version integer not null
);
create unique index grain_state_key on grain_state (id_hash, type_hash, id_n0, id_n1, type, extension, service) nulls not distinct;

insert into OrleansQuery values ('ReadFromStorageKey', '
  select payload as PayloadBinary, version as Version from grain_state
  where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId');

-- A first write and a later one are one statement, so that of two at once only one succeeds.
insert into OrleansQuery values ('WriteToStorageKey', '
  insert into grain_state as g (id_hash, id_n0, id_n1, type_hash, type, extension, service, payload, modified_on, version)
  select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString::text, @ServiceId, @PayloadBinary::bytea, now(), 1
  where @GrainStateVersion::integer is null or exists (
    select 1 from grain_state
    where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
      and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId)
  on conflict (id_hash, type_hash, id_n0, id_n1, type, extension, service)
  do update set payload = excluded.payload, modified_on = excluded.modified_on, version = g.version + 1
    where g.version = @GrainStateVersion::integer
  returning version as NewGrainStateVersion');

insert into OrleansQuery values ('ClearStorageKey', '
  update grain_state set payload = null, modified_on = now(), version = version + 1
  where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId
    and version = @GrainStateVersion::integer
  returning version as NewGrainStateVersion');

insert into OrleansQuery values ('DeleteStorageKey', '
  delete from grain_state
  where id_hash = @GrainIdHash and type_hash = @GrainTypeHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and type = @GrainTypeString and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId
    and version = @GrainStateVersion::integer
  returning version as NewGrainStateVersion');

-- Who belongs to a cluster. One version counts all changes but heartbeats: whoever changes a row names the version that he saw.
create table membership (cluster text primary key, version integer not null) with (fillfactor = 50);
create table member_silo (
  cluster text not null references membership,
  address text not null,
  port integer not null,
  generation integer not null,
  name text not null,
  host text not null,
  status integer not null,
  proxy_port integer,
  suspected text,
  started_at timestamptz not null,
  alive_at timestamptz not null,
  primary key (cluster, address, port, generation)
) with (fillfactor = 50);

insert into OrleansQuery values ('InsertMembershipVersionKey', '
  with made as (insert into membership values (@DeploymentId, 0) on conflict do nothing returning 1)
  select count(*)::integer from made');

-- Row and version change together or not at all: the row is written only where the version was as it was seen.
insert into OrleansQuery values ('InsertMembershipKey', '
  with counted as (
    update membership set version = version + 1
    where cluster = @DeploymentId and version = @Version and not exists (
      select 1 from member_silo where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning cluster),
  made as (
    insert into member_silo (cluster, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
    select cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from counted
    returning 1)
  select count(*)::integer from made');

insert into OrleansQuery values ('UpdateMembershipKey', '
  with counted as (
    update membership set version = version + 1
    where cluster = @DeploymentId and version = @Version and exists (
      select 1 from member_silo where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning cluster),
  changed as (
    update member_silo s set status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
    from counted c
    where s.cluster = c.cluster and s.address = @Address and s.port = @Port and s.generation = @Generation
    returning 1)
  select count(*)::integer from changed');

insert into OrleansQuery values ('UpdateIAmAlivetimeKey', '
  update member_silo set alive_at = @IAmAliveTime
  where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation');

-- The version comes also where there is no silo.
insert into OrleansQuery values ('MembershipReadRowKey', '
  select m.version as Version, m.cluster as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.name as SiloName,
    s.host as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspected as SuspectTimes, s.started_at as StartTime, s.alive_at as IAmAliveTime
  from membership m left join member_silo s
    on s.cluster = m.cluster and s.address = @Address and s.port = @Port and s.generation = @Generation
  where m.cluster = @DeploymentId');

insert into OrleansQuery values ('MembershipReadAllKey', '
  select m.version as Version, m.cluster as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.name as SiloName,
    s.host as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspected as SuspectTimes, s.started_at as StartTime, s.alive_at as IAmAliveTime
  from membership m left join member_silo s on s.cluster = m.cluster
  where m.cluster = @DeploymentId');

insert into OrleansQuery values ('GatewaysQueryKey', '
  select address as Address, proxy_port as ProxyPort, generation as Generation
  from member_silo
  where cluster = @DeploymentId and status = @Status and proxy_port > 0');

insert into OrleansQuery values ('DeleteMembershipTableEntriesKey', '
  with gone as (delete from member_silo where cluster = @DeploymentId)
  delete from membership where cluster = @DeploymentId');

-- Silos that are dead (6) and have not been heard of for long.
insert into OrleansQuery values ('CleanupDefunctSiloEntriesKey', '
  delete from member_silo
  where cluster = @DeploymentId and status = 6 and alive_at < @IAmAliveTime and started_at < @IAmAliveTime');

insert into OrleansQuery values ('CleanupDefunctSiloEntryKey', '
  delete from member_silo
  where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation
    and status = 6 and alive_at = @IAmAliveTime and started_at = @StartTime and suspected is not distinct from @SuspectTimes::text');

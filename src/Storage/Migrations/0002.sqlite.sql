-- Grain state of low rate, through Orleans' ADO.NET provider. It reads its statements from here, by name.
create table OrleansQuery (QueryKey text primary key, QueryText text not null) without rowid;
create table OrleansStorage (
  GrainIdHash integer not null,
  GrainIdN0 integer not null,
  GrainIdN1 integer not null,
  GrainTypeHash integer not null,
  GrainTypeString text not null,
  -- '' where the key has no extension: a unique index takes two nulls for different.
  GrainIdExtensionString text not null,
  ServiceId text not null,
  PayloadBinary blob,
  ModifiedOn text not null,
  Version integer not null,
  primary key (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId)
) without rowid;

insert into OrleansQuery values ('ReadFromStorageKey', '
  select PayloadBinary, Version from OrleansStorage
  where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainTypeString = @GrainTypeString and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId');

-- A first write and a later one are one statement, so that of two at once only one succeeds.
insert into OrleansQuery values ('WriteToStorageKey', '
  insert into OrleansStorage
  select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @ServiceId, @PayloadBinary, datetime(''now''), 1
  where @GrainStateVersion is null or exists (
    select 1 from OrleansStorage
    where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
      and GrainTypeString = @GrainTypeString and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId)
  on conflict do update set PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = Version + 1
    where Version = @GrainStateVersion
  returning Version as NewGrainStateVersion');

insert into OrleansQuery values ('ClearStorageKey', '
  update OrleansStorage set PayloadBinary = null, ModifiedOn = datetime(''now''), Version = Version + 1
  where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainTypeString = @GrainTypeString and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId
    and Version = @GrainStateVersion
  returning Version as NewGrainStateVersion');

insert into OrleansQuery values ('DeleteStorageKey', '
  delete from OrleansStorage
  where GrainIdHash = @GrainIdHash and GrainTypeHash = @GrainTypeHash and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainTypeString = @GrainTypeString and GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') and ServiceId = @ServiceId
    and Version = @GrainStateVersion
  returning Version as NewGrainStateVersion');

-- Who did what to what, when and from where. Written in the transaction of the deed; never changed, never deleted.

create table audit_event (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  at timestamptz not null,
  actor_kind text collate "C" not null check (actor_kind in ('person', 'key', 'payee', 'system', 'stranger')),
  actor_id text collate "C" not null,
  actor_name text not null,
  event text collate "C" not null,
  subject_type text collate "C" not null,
  subject_id text collate "C" not null,
  -- What changed, secrets and addresses masked by whoever wrote it: text of a JSON object, sealed byte by byte.
  before text,
  after text,
  ip text,
  user_agent text,
  request_id text,
  -- Made of all of the above by whoever wrote the row, with a key that is not in the database.
  mac text collate "C" not null
);
-- Newest first is by time, then id; every filter of the list has its index.
create index audit_event_by_time on audit_event (at, id);
create index audit_event_by_subject_type on audit_event (subject_type, at, id);
create index audit_event_by_subject on audit_event (subject_id, at, id);
create index audit_event_by_actor on audit_event (actor_id, at, id);
create index audit_event_by_event on audit_event (event, at, id);

-- The chain: each seal covers the one before it and one event. The order is the order of sealing: an event that commits
-- late is sealed late, whatever its id.
create table audit_seal (
  seq bigint primary key check (seq > 0),
  event_id bigint not null unique,
  previous text collate "C" not null,
  hash text collate "C" not null unique
);

-- Events that wait for their seal. Whoever seals takes them out in the same transaction, so nobody searches for them.
create table audit_unsealed (
  event_id bigint primary key
);

create function purser_await_seal() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (event_id) select id from written;
  return null;
end $$;
create trigger audit_event_await_seal after insert on audit_event
  referencing new table as written for each statement execute function purser_await_seal();

create trigger audit_event_no_change before update or delete on audit_event
  for each row execute function purser_refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function purser_refuse_change();
create trigger audit_seal_no_change before update or delete on audit_seal
  for each row execute function purser_refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal
  for each statement execute function purser_refuse_change();
alter table audit_event enable always trigger audit_event_await_seal;
alter table audit_event enable always trigger audit_event_no_change;
alter table audit_event enable always trigger audit_event_no_truncate;
alter table audit_seal enable always trigger audit_seal_no_change;
alter table audit_seal enable always trigger audit_seal_no_truncate;

-- Refusals that are on record already: one event per caller, route and minute. Old rows are removed.
create table audit_refusal (
  caller text collate "C" not null,
  route text collate "C" not null,
  minute timestamptz not null,
  primary key (minute, caller, route)
);

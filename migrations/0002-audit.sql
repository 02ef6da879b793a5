-- Who did what to what, when and from where. Written in the transaction of the deed; never changed, never deleted.

create table audit_event (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  at timestamptz not null,
  actor_kind text collate "C" not null check (actor_kind in ('person', 'key', 'payee', 'system')),
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
  request_id text
);
create index audit_event_by_subject on audit_event (subject_type, subject_id, id);
create index audit_event_by_actor on audit_event (actor_id, id);
create index audit_event_by_event on audit_event (event, id);

create trigger audit_event_no_change before update or delete on audit_event
  for each row execute function purser_refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function purser_refuse_change();
alter table audit_event enable always trigger audit_event_no_change;
alter table audit_event enable always trigger audit_event_no_truncate;

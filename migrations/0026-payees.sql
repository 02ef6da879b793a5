-- Who can be paid, at whose wish, and what a file brought that was left out.

-- What went to a method last, for a page of payees at once.
create index payout_attempt_by_method on payout_attempt (method_id, id);

-- Who chose how often a payee is paid: the payee, or somebody of the platform. Null: nobody did, or nobody knows any more.
alter table payee_schedule
  add column chosen_by_kind text collate "C" check (chosen_by_kind in ('payee', 'platform')),
  add column chosen_by_name text,
  add check ((chosen_by_kind is null) = (chosen_by_name is null));

-- Of what was chosen before, the audit log says who did: whoever set the frequency last.
update payee_schedule s
  set chosen_by_kind = case last.actor_kind when 'payee' then 'payee' else 'platform' end, chosen_by_name = last.actor_name
  from (
    select distinct on (e.subject_id) e.subject_id, e.actor_kind, e.actor_name
      from audit_event e
      where e.event = 'payee.schedule_changed' and e.subject_type = 'payee'
        and (e.before::jsonb ->> 'frequency') is distinct from (e.after::jsonb ->> 'frequency')
      order by e.subject_id, e.at desc, e.id desc
  ) last join payee y on y.public_id = last.subject_id
  where s.payee_id = y.id and s.frequency is not null;

-- A file of which something was recorded and rows were left out. Its cells are masked before they are written.
create table import_left_out (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  cycle_id bigint not null,
  -- Of the file as it was given, without its addresses: the same file once more is the same entry.
  fingerprint text collate "C" not null,
  file_name text not null,
  source_type text collate "C" not null,
  shape text collate "C" not null,
  -- The names of its columns, and where each field stands among them.
  header jsonb not null,
  columns jsonb not null,
  row_count int not null check (row_count > 0),
  left_out_count int not null check (left_out_count between 1 and row_count),
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text not null,
  created_at timestamptz not null
);
create unique index import_left_out_once on import_left_out (cycle_id, fingerprint);
create index import_left_out_by_cycle on import_left_out (cycle_id, id);

-- The first of those rows, as many as are kept. `issues`: column and code of each, and its words in every language of the team.
create table import_left_out_row (
  id bigint generated always as identity primary key,
  import_id bigint not null,
  line int not null check (line > 0),
  reference text collate "C" not null,
  cells jsonb not null,
  issues jsonb not null
);
create unique index import_left_out_row_once on import_left_out_row (import_id, line);
create index import_left_out_row_by_import on import_left_out_row (import_id, id);

-- A batch is compared with its provider by one process at a time: its open run says by whom, and until when unless it says so
-- again. What was begun before is held by nobody.
alter table reconciliation_run
  add column held_by text collate "C",
  add column held_until timestamptz,
  -- It left the batch to who was reading it: the provider was not silent.
  add column gave_way boolean not null default false,
  add constraint reconciliation_run_hold check ((held_by is null) = (held_until is null)),
  add constraint reconciliation_run_held_open check (held_by is null or finished_at is null);
create unique index reconciliation_run_held on reconciliation_run (batch_id) where held_by is not null;

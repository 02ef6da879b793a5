-- When payees are paid by the clock: what each of them chose, and the runs that were made.

-- A payee without a row, or with null, follows the platform.
create table payee_schedule (
  payee_id bigint primary key,
  frequency text collate "C" check (frequency in ('weekly', 'every_two_weeks', 'monthly', 'manual')),
  updated_at timestamptz not null
);

-- minimum: least amount of a scheduled payout. request_at: asked for as soon as this much is available. Minor units.
create table payee_schedule_amount (
  payee_id bigint not null,
  currency char(3) collate "C" not null,
  minimum bigint check (minimum > 0),
  request_at bigint check (request_at > 0),
  primary key (payee_id, currency),
  check (minimum is not null or request_at is not null)
);
create index payee_schedule_request_at on payee_schedule_amount (payee_id, currency) where request_at is not null;

-- One row per due time, whoever comes to it first. start: nothing was done, times up to here do not count. A run keeps how
-- far it has come, so that whoever finds it unfinished goes on; there is one unfinished run at most.
create table schedule_run (
  due_at timestamptz primary key,
  kind text collate "C" not null check (kind in ('start', 'run')),
  cron text not null,
  zone text not null,
  frequencies text[] not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  after_payee bigint not null default 0,
  after_currency char(3) collate "C" not null default '',
  requested bigint not null default 0 check (requested >= 0),
  totals jsonb not null default '{}',
  batch_ids text[] not null default '{}',
  check (kind = 'run' or (finished_at is not null and requested = 0 and batch_ids = '{}'))
);
create unique index schedule_run_one_open on schedule_run ((true)) where finished_at is null;

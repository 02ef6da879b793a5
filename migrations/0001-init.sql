-- The foundation: people to pay, what they earned, payouts with their attempts and submissions, and the books.
-- Amounts are integer minor units. Identifiers compare byte by byte (collate "C"). Rows are never deleted, and the tables
-- that are written in sets name each other without foreign keys, whose row-by-row triggers cost a third of preparing a
-- batch; `purser ledger verify` looks for orphans instead. Public ids are for people and APIs, bigint ids stay inside.

create type payout_state as enum ('pending_approval', 'approved', 'queued', 'sending', 'sent', 'held', 'unclaimed',
  'completed', 'failed', 'returned', 'declined', 'cancelled');
create type attempt_state as enum ('pending', 'held', 'unclaimed', 'completed', 'failed', 'returned', 'cancelled');
create type submission_state as enum ('planned', 'sending', 'unknown', 'accepted', 'rejected', 'cancelled');
create type batch_state as enum ('preparing', 'processing', 'completed', 'cancelled', 'failed');
create type account_kind as enum ('source', 'payee_pending', 'payee_available', 'payee_reserved', 'platform_fees',
  'platform_costs', 'provider_clearing', 'provider_float');

create table payee (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  external_id text collate "C" not null unique check (length(external_id) between 1 and 200),
  name text not null default '' check (length(name) <= 200),
  email text check (length(email) <= 320),
  status text not null default 'active' check (status in ('active', 'blocked')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A method's destination never changes: another destination is another row, so an attempt stays pinned to what it used.
create table payout_method (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null,
  payee_id bigint not null references payee,
  type text collate "C" not null check (type in ('paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual')),
  kind text collate "C" not null,
  destination text collate "C" not null,
  is_default boolean not null,
  created_at timestamptz not null,
  unique (payee_id, type, destination)
);
create unique index payout_method_one_default on payout_method (payee_id) where is_default;

create table cycle (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique check (length(public_id) between 1 and 100),
  name text not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  created_at timestamptz not null
);

create table earning (
  id bigint generated always as identity primary key,
  source_type text collate "C" not null check (length(source_type) between 1 and 40),
  external_id text collate "C" not null check (length(external_id) between 1 and 400),
  payee_id bigint not null,
  cycle_id bigint,
  gross bigint not null check (gross > 0),
  fee bigint not null check (fee >= 0),
  net bigint not null check (net > 0),
  currency char(3) collate "C" not null,
  note text,
  available_at timestamptz not null,
  created_at timestamptz not null,
  check (gross = fee + net),
  unique (source_type, external_id)
);
create index earning_by_cycle on earning (cycle_id, currency, id);

create table payout (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  payee_id bigint not null,
  cycle_id bigint,
  amount bigint not null check (amount > 0),
  currency char(3) collate "C" not null,
  state payout_state not null,
  version int not null default 1,
  attempt_count int not null default 0 check (attempt_count >= 0),
  reason_code text collate "C",
  reason_detail text,
  created_at timestamptz not null,
  state_at timestamptz not null,
  completed_at timestamptz,
  check (state <> 'completed' or completed_at is not null),
  check (state <> 'failed' or reason_code is not null)
) with (fillfactor = 50);
create index payout_by_payee on payout (payee_id, id);
create index payout_by_cycle on payout (cycle_id, id);
-- On reason_code, not on state: a payout that goes well never changes an indexed column, so its updates stay in the page.
create index payout_needs_attention on payout (cycle_id, id) where reason_code is not null;

-- An earning is in at most one live payout, by key.
create table payout_earning (
  payout_id bigint not null,
  earning_id bigint not null,
  amount bigint not null check (amount > 0),
  released_at timestamptz,
  primary key (payout_id, earning_id)
);
create unique index payout_earning_live on payout_earning (earning_id) where released_at is null;

create index payout_earning_released on payout_earning (earning_id) where released_at is not null;

create table payout_batch (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  cycle_id bigint,
  provider text collate "C" not null,
  state batch_state not null,
  started_by text not null,
  notes text,
  checksum text not null,
  retry_of bigint,
  total_items int not null check (total_items >= 0),
  -- Attempts that are pending or held; counted down in the transaction that settles them.
  open_items int not null default 0 check (open_items between 0 and total_items),
  poll_version bigint not null default 1,
  created_at timestamptz not null,
  completed_at timestamptz,
  reconcile_requested_at timestamptz,
  check ((state in ('completed', 'cancelled', 'failed')) = (completed_at is not null)),
  check (state <> 'completed' or open_items = 0),
  check (state <> 'processing' or open_items > 0)
);
create unique index payout_batch_one_active on payout_batch (cycle_id) where state in ('preparing', 'processing');
create unique index payout_batch_one_retry on payout_batch (retry_of) where state <> 'cancelled';
create index payout_batch_by_cycle on payout_batch (cycle_id, id);
create index payout_batch_active on payout_batch (id) where state in ('preparing', 'processing');

create table submission (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  batch_id bigint not null,
  provider text collate "C" not null,
  currency char(3) collate "C" not null,
  state submission_state not null default 'planned',
  provider_key text collate "C" not null,
  item_count int not null check (item_count > 0),
  total bigint not null check (total > 0),
  created_at timestamptz not null,
  send_count int not null default 0,
  -- An earlier call was answered, but not with a proof that it had no effect (429): a later refusal proves nothing of it.
  earlier_call_open boolean not null default false,
  first_sent_at timestamptz,
  key_valid_until timestamptz,
  lease_owner text,
  lease_until timestamptz,
  fence bigint not null default 0,
  next_action_at timestamptz not null,
  provider_batch_id text collate "C",
  hinted_batch_id text,
  provider_progress text,
  accepted_at timestamptz,
  poll_count int not null default 0,
  closed_at timestamptz,
  last_error text,
  unique (provider, provider_key),
  unique (provider, provider_batch_id),
  check ((state = 'accepted') = (accepted_at is not null)),
  check (state <> 'accepted' or provider_batch_id is not null),
  check (state not in ('sending', 'unknown', 'accepted') or first_sent_at is not null),
  check (state not in ('rejected', 'cancelled') or closed_at is not null)
) with (fillfactor = 70);
create index submission_by_batch on submission (batch_id, id);
create index submission_to_send on submission (next_action_at) where state in ('planned', 'sending', 'unknown');
create index submission_to_poll on submission (next_action_at) where state = 'accepted' and closed_at is null;

-- The exact bytes, committed before they leave. Written once.
create table submission_request (
  submission_id bigint primary key,
  body bytea not null,
  body_hash text not null,
  frozen_at timestamptz not null
);

create table payout_attempt (
  id bigint generated always as identity primary key,
  payout_id bigint not null,
  batch_id bigint not null,
  submission_id bigint,
  method_id bigint not null,
  ordinal int not null check (ordinal > 0),
  position int,
  item_reference text collate "C" not null unique,
  amount bigint not null check (amount > 0),
  currency char(3) collate "C" not null,
  state attempt_state not null,
  reason_code text collate "C",
  reason_detail text,
  provider_item_id text,
  provider_raw text,
  transaction_id text,
  fee bigint,
  -- A column of its own, so that pending → completed changes no indexed column and the update stays in the page.
  live boolean not null,
  created_at timestamptz not null,
  state_at timestamptz not null,
  unique (payout_id, ordinal),
  check (live = (state in ('pending', 'held', 'unclaimed', 'completed'))),
  check ((submission_id is null) = (position is null)),
  check (submission_id is not null or state in ('failed', 'cancelled'))
) with (fillfactor = 70);
-- One live attempt per payout: a second one cannot exist before the first is proven not to have paid.
create unique index payout_attempt_one_live on payout_attempt (payout_id) where live;
create index payout_attempt_by_batch on payout_attempt (batch_id, id);
create index payout_attempt_by_submission on payout_attempt (submission_id, position);

-- What happened to one payout, beyond what its submission tells of all its items.
create table payout_event (
  id bigint generated always as identity primary key,
  payout_id bigint not null,
  attempt_id bigint,
  event text not null,
  from_state payout_state,
  to_state payout_state not null,
  actor text not null,
  detail text,
  at timestamptz not null
);
create index payout_event_by_payout on payout_event (payout_id, id);

create table submission_event (
  id bigint generated always as identity primary key,
  submission_id bigint not null,
  event text not null,
  to_state submission_state not null,
  actor text not null,
  detail text,
  at timestamptz not null
);
create index submission_event_by_submission on submission_event (submission_id, id);

-- Inbound events, raw. processed_at is written only after success.
create table provider_event (
  id bigint generated always as identity primary key,
  provider text collate "C" not null,
  event_id text collate "C" not null,
  type text collate "C" not null,
  provider_batch_id text collate "C",
  provider_key text collate "C",
  body text not null,
  received_at timestamptz not null,
  tries int not null default 0,
  next_try_at timestamptz not null,
  processed_at timestamptz,
  last_error text,
  unique (provider, event_id)
);
create index provider_event_open on provider_event (next_try_at) where processed_at is null;

create table alert (
  id bigint generated always as identity primary key,
  kind text collate "C" not null,
  subject text collate "C" not null,
  message text not null,
  seen int not null default 1,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  closed_at timestamptz
);
create unique index alert_open on alert (kind, subject) where closed_at is null;

create table reconciliation_run (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  batch_id bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  checked int not null default 0,
  corrected int not null default 0,
  differences int not null default 0
);
create index reconciliation_run_by_batch on reconciliation_run (batch_id, id);

create table discrepancy (
  id bigint generated always as identity primary key,
  run_id bigint not null references reconciliation_run,
  kind text collate "C" not null,
  provider text collate "C" not null,
  provider_batch_id text collate "C",
  item_reference text collate "C",
  detail text not null,
  found_at timestamptz not null
);
create index discrepancy_by_run on discrepancy (run_id, id);

create table api_key (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  name text not null,
  prefix text collate "C" not null,
  hash text collate "C" not null unique,
  role text not null check (role in ('owner', 'operator', 'approver', 'viewer')),
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table setting (
  key text primary key,
  value text not null,
  updated_at timestamptz not null
);

-- The books. A business fact is posted once for ever: (source_type, source_id, kind).
create table journal (
  id bigint generated always as identity primary key,
  source_type text collate "C" not null,
  source_id bigint not null,
  kind text collate "C" not null,
  posted_at timestamptz not null,
  unique (source_type, source_id, kind)
);

-- An account is (account, owner_id, currency). Credit is positive, debit negative; each journal sums to zero per currency.
create table entry (
  journal_id bigint not null,
  line smallint not null,
  account account_kind not null,
  owner_id bigint not null,
  currency char(3) collate "C" not null,
  amount bigint not null check (amount <> 0),
  primary key (journal_id, line)
);
-- Guarded accounts only: the balance is locked and checked before money may move on. Recorded accounts have no row.
create table balance (
  account account_kind not null check (account in ('payee_pending', 'payee_available', 'payee_reserved')),
  owner_id bigint not null,
  currency char(3) collate "C" not null,
  amount bigint not null,
  primary key (owner_id, account, currency),
  check (account = 'payee_available' or amount >= 0)
) with (fillfactor = 60);

create function purser_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused. Nothing was changed.', tg_table_name, tg_op using errcode = 'P0001';
end $$;

create function purser_zero_sum() returns trigger language plpgsql as $$
declare bad bigint;
begin
  select journal_id into bad from written group by journal_id, currency having sum(amount) <> 0 limit 1;
  if found then
    raise exception 'journal % does not sum to zero. Nothing was posted.', bad using errcode = 'P0001';
  end if;
  return null;
end $$;

create trigger entry_zero_sum after insert on entry
  referencing new table as written for each statement execute function purser_zero_sum();

create trigger entry_no_change before update or delete on entry for each row execute function purser_refuse_change();
create trigger entry_no_truncate before truncate on entry for each statement execute function purser_refuse_change();
create trigger journal_no_change before update or delete on journal for each row execute function purser_refuse_change();
create trigger journal_no_truncate before truncate on journal for each statement execute function purser_refuse_change();
create trigger submission_request_no_change before update or delete on submission_request
  for each row execute function purser_refuse_change();
create trigger payout_event_no_change before update or delete on payout_event
  for each row execute function purser_refuse_change();
create trigger submission_event_no_change before update or delete on submission_event
  for each row execute function purser_refuse_change();
create trigger submission_request_no_truncate before truncate on submission_request
  for each statement execute function purser_refuse_change();
create trigger payout_event_no_truncate before truncate on payout_event
  for each statement execute function purser_refuse_change();
create trigger submission_event_no_truncate before truncate on submission_event
  for each statement execute function purser_refuse_change();

-- ALWAYS: also when session_replication_role is replica.
alter table entry enable always trigger entry_zero_sum;
alter table entry enable always trigger entry_no_change;
alter table entry enable always trigger entry_no_truncate;
alter table journal enable always trigger journal_no_change;
alter table journal enable always trigger journal_no_truncate;
alter table submission_request enable always trigger submission_request_no_change;
alter table payout_event enable always trigger payout_event_no_change;
alter table submission_event enable always trigger submission_event_no_change;
alter table submission_request enable always trigger submission_request_no_truncate;
alter table payout_event enable always trigger payout_event_no_truncate;
alter table submission_event enable always trigger submission_event_no_truncate;

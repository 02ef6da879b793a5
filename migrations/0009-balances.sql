-- Earnings that become available later or are taken back, payouts that are asked for and approved, and payment by hand.

-- pending: recorded, but the clock has not freed it. Earnings from before are available.
alter table earning add column pending boolean not null default false;
alter table earning add column reversed_at timestamptz;
alter table earning add column reversed_reason text check (length(reversed_reason) between 1 and 500);
alter table earning add check ((reversed_at is null) = (reversed_reason is null));
alter table earning add check (not pending or reversed_at is null);
create index earning_waiting on earning (available_at, id) where pending;
create index earning_waiting_by_payee on earning (payee_id, currency, available_at) where pending;
create index earning_by_payee on earning (payee_id, currency, id);
-- Few rows: what is not there costs eligibility one look into an empty index.
create index earning_reversed on earning (payee_id, currency, id) where reversed_at is not null;

-- cycle: made by a run. request: a payee asked for what is available. single: the team made it for one earning.
alter table payout add column kind text collate "C" not null default 'cycle' check (kind in ('cycle', 'request', 'single'));
alter table payout add column method_id bigint;
alter table payout add column requested_by_kind text collate "C";
alter table payout add column requested_by_id text collate "C";
alter table payout add column requested_by_name text;
-- While it waits for approval: when the clock declines it.
alter table payout add column expires_at timestamptz;
alter table payout add column hold_reason text;
alter table payout add column hold_until timestamptz;
alter table payout add column paid_by_hand_at timestamptz;
alter table payout add column paid_reference text;
alter table payout add column paid_notes text;
alter table payout add check (kind = 'cycle' or (method_id is not null and requested_by_kind is not null
  and requested_by_id is not null and requested_by_name is not null));
alter table payout add check (state = 'pending_approval' or expires_at is null);
alter table payout add check (hold_until is null or hold_reason is not null);
alter table payout add check ((paid_by_hand_at is null) = (paid_reference is null));

-- One request in flight per payee and currency. A second attempt of one that failed is not in flight again. The column is null
-- for every payout of a cycle, so their updates stay in the page.
alter table payout add column open_request boolean generated always as (case when kind = 'request' and attempt_count <= 1
  and state in ('pending_approval', 'approved', 'queued', 'sending', 'sent', 'held', 'unclaimed') then true end) stored;
create unique index payout_one_request on payout (payee_id, currency) where open_request;
create index payout_expiring on payout (expires_at) where expires_at is not null;

-- What a payee owes, as an earning was taken back after it had been paid, and the payout that pays so much less. An earning is
-- recovered at most once, by key.
create table payout_recovery (
  payout_id bigint not null,
  earning_id bigint not null,
  amount bigint not null check (amount > 0),
  released_at timestamptz,
  primary key (payout_id, earning_id)
);
create unique index payout_recovery_live on payout_recovery (earning_id) where released_at is null;

-- Who approved which version: whatever changes makes another version, so an approval never covers what nobody saw.
create table payout_approval (
  payout_id bigint not null,
  version int not null,
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (payout_id, version, actor_kind, actor_id)
);
create trigger payout_approval_no_change before update or delete on payout_approval
  for each row execute function purser_refuse_change();
create trigger payout_approval_no_truncate before truncate on payout_approval
  for each statement execute function purser_refuse_change();
alter table payout_approval enable always trigger payout_approval_no_change;
alter table payout_approval enable always trigger payout_approval_no_truncate;

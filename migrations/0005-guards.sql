-- Guards of a run, shared by every process on this database: who prepares a cycle now, what was answered to which
-- idempotency key, and how often somebody asked.

-- One row while a batch of the cycle is being prepared. Times are the database's own, so a process whose clock is off
-- cannot take a lock early. No foreign key: its check would wait for whoever holds the cycle's row.
create table cycle_lock (
  cycle_id bigint primary key,
  owner_id text collate "C" not null,
  owner_name text not null,
  -- Whoever knows it holds the lock.
  token text collate "C" not null,
  purpose text collate "C" not null check (purpose in ('process', 'retry-failed', 'payouts-retry')),
  -- The process that took it, as in leases; null when it does not say that it lives.
  holder text collate "C",
  -- The idempotency scope of the request that holds it: the same request again is in flight, not locked out.
  request_scope text collate "C",
  acquired_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > acquired_at)
);

-- Who started it, for good; whether it took everything of its cycle; and which preview it was started from.
alter table payout_batch add column started_by_id text collate "C";
alter table payout_batch add column whole_cycle boolean not null default false;
alter table payout_batch add column request_checksum text collate "C";
create index payout_batch_whole_runs on payout_batch (cycle_id, started_by_id, created_at) where whole_cycle;
create unique index payout_batch_one_per_checksum on payout_batch (cycle_id, request_checksum)
  where request_checksum is not null and state <> 'cancelled';

-- What was answered to an idempotency key: written in the transaction of the deed, so there is never a key without its
-- effect or an effect without its key. `scope` is a hash of caller, method, route, parameters and key.
create table idempotency_outcome (
  scope text collate "C" primary key,
  fingerprint text collate "C" not null,
  caller_id text collate "C" not null,
  route text collate "C" not null,
  status smallint not null check (status between 200 and 299),
  content_type text,
  -- The bytes of the answer; null when it had none, or when it showed a secret.
  body text,
  is_secret boolean not null,
  subject_id text,
  created_at timestamptz not null,
  check (not is_secret or body is null)
);
create index idempotency_outcome_by_age on idempotency_outcome (created_at);

-- How much of a limit is taken in a window of time. Losing it in a crash costs nothing, so it is not logged.
create unlogged table rate_window (
  bucket text collate "C" not null,
  window_at timestamptz not null,
  taken bigint not null check (taken >= 0),
  primary key (bucket, window_at)
);
create index rate_window_by_age on rate_window (window_at);

-- Retries that happen by themselves: what each attempt failed of is temporary, permanent or unknown, and a payout that failed
-- for a temporary reason has a time at which it is tried again. Payouts that failed before have none: a person decides.

-- Null for an attempt that did not fail, or failed before this was known.
alter table payout_attempt add column persistence text collate "C" check (persistence in ('temporary', 'permanent', 'unknown'));
-- When the provider said of an attempt that had ended without payment, and after which the payout moved on, that it has paid.
alter table payout_attempt add column told_otherwise_at timestamptz;
alter table payout_attempt add check (told_otherwise_at is null or state in ('failed', 'returned'));
create index payout_attempt_told on payout_attempt (payout_id) where told_otherwise_at is not null;

alter table payout add column next_retry_at timestamptz;
-- Retries by itself since a person last asked for one.
alter table payout add column auto_retries smallint not null default 0 check (auto_retries >= 0);
-- Whatever moves the payout on takes the time away; what forgot to is refused.
alter table payout add check (next_retry_at is null or state = 'failed');
create index payout_to_retry on payout (next_retry_at, id) where next_retry_at is not null;

-- Rows are written in the order of time and never change it: an index of ranges is small and costs a batch nothing.
create index payout_by_time on payout using brin (created_at) with (pages_per_range = 32, autosummarize = on);
create index payout_attempt_by_time on payout_attempt using brin (created_at) with (pages_per_range = 32, autosummarize = on);

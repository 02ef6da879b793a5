-- What a console looks for, by index; what was put to be approved again is under way like a first request, however often it was
-- tried before; and what a scheduled run could not send says so on its row.

-- Never set for a payout of a cycle, so their updates stay in the page.
alter table payout add column resubmitted boolean not null default false;
update payout set resubmitted = true
  where kind = 'request' and id in (select payout_id from payout_event where event = 'resubmit');
-- Few rows: those of one payee are read to say whether one is under way. Whoever writes one holds the lock of the payee.
create index payout_resubmitted on payout (payee_id) where resubmitted;

-- By provider: [{"provider", "code", "message", "shortfall": {currency: minor units as text}}].
alter table schedule_run add column not_sent jsonb not null default '[]';
alter table schedule_run add check (kind = 'run' or not_sent = '[]');

-- Few rows each: what a person must look at.
create index payout_method_frozen on payout_method (id) where frozen_at is not null;
create index payee_not_active on payee (id) where status <> 'active';

-- Words of names, for people who type the beginning of one.
create index cycle_name_words on cycle using gin (to_tsvector('simple', name));

-- What a payee's payouts carry that failed or came back: named beside every balance, and few.
create index payout_failed_by_payee on payout (payee_id) where state in ('failed', 'returned') and kind <> 'legacy';

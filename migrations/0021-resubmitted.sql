-- What was put to be approved again is under way like a first request, however often it was tried before; and what a scheduled
-- run could not send says so on its row.

-- Never set for a payout of a cycle, so their updates stay in the page.
alter table payout add column resubmitted boolean not null default false;
update payout set resubmitted = true
  where kind = 'request' and id in (select payout_id from payout_event where event = 'resubmit');
-- Few rows: those of one payee are read to say whether one is under way. Whoever writes one holds the lock of the payee.
create index payout_resubmitted on payout (payee_id) where resubmitted;

-- By provider: [{"provider", "code", "message", "shortfall": {currency: minor units as text}}].
alter table schedule_run add column not_sent jsonb not null default '[]';
alter table schedule_run add check (kind = 'run' or not_sent = '[]');

-- What is known of payees' accounts at providers, what their banks did with the money, and parts of payments that came back.

-- Minor units of a completed attempt that came back although the rest did not, and how much of that somebody has decided about.
alter table payout_attempt add column returned_part bigint not null default 0;
alter table payout_attempt add column settled_part bigint not null default 0;
alter table payout_attempt add check (returned_part between 0 and amount);
alter table payout_attempt add check (settled_part between 0 and returned_part);
-- Few rows. No completed attempt of before has a part in the books; the next look at the provider posts it.
create index payout_attempt_part on payout_attempt (payout_id) where returned_part > 0;

-- An account of a payee at a provider, as far as the provider says whether it can be paid. It is named by the fingerprint its
-- methods have, as the address itself is a payout detail. Nothing known means that it is tried.
create table provider_account (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  provider text collate "C" not null,
  fingerprint text collate "C" not null,
  state text not null default 'unknown' check (state in ('unknown', 'ready', 'not_ready')),
  transfers_enabled boolean,
  payouts_enabled boolean,
  -- What the provider still asks for, in its own words.
  asked_for text[] not null default '{}',
  reason_code text collate "C",
  reason_detail text,
  checked_at timestamptz,
  state_at timestamptz,
  -- An event named it: looked at without regard to whom a run would pay.
  named_at timestamptz,
  due_at timestamptz not null,
  unique (provider, fingerprint),
  check ((state = 'not_ready') = (reason_code is not null)),
  check (state = 'unknown' or (checked_at is not null and state_at is not null))
);
create index provider_account_due on provider_account (provider, due_at);

-- Each method is taken up once.
alter table payout_method add column taken_up boolean not null default false;
create index payout_method_to_take_up on payout_method (id) where type = 'stripe' and not taken_up;

-- A payment of a provider from a payee's account there to the payee's bank: what happened last. It moves nothing in the books.
create table bank_payout (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  provider_payout_id text collate "C" not null,
  status text collate "C" not null,
  amount bigint not null,
  currency char(3) collate "C" not null,
  failure_code text collate "C",
  -- When the provider made the event that told of it.
  told_at timestamptz not null,
  first_seen_at timestamptz not null,
  seen_at timestamptz not null,
  -- The payout whose money it is, where only one can be meant.
  payout_id bigint,
  unique (account_id, provider_payout_id)
);
create index bank_payout_by_account on bank_payout (account_id, id);
create unique index bank_payout_of_payout on bank_payout (payout_id) where payout_id is not null;

-- Which account an event happened in (its fingerprint), and what it tells that nobody needs to fetch.
alter table provider_event add column account text collate "C";
alter table provider_event add column told text;

-- Payouts that an earlier system sent, imported from reports of the provider: every row of a file with what became of it, and
-- payouts of the kind `legacy` for those that were matched. See docs/decisions/0013-legacy-payouts.md.

-- Money that had left before these books began. No account of a provider is touched, so no float moves.
alter type account_kind add value 'legacy_clearing';
alter type account_kind add value 'legacy_paid';

-- Whatever kinds there are by now, and this one; only a kind that somebody asks for has a method and an asker.
do $$
declare kinds text;
begin
  select pg_get_expr(conbin, conrelid) into kinds from pg_constraint
    where conname = 'payout_kind_check' and conrelid = 'payout'::regclass;
  alter table payout drop constraint payout_kind_check;
  execute 'alter table payout add constraint payout_kind_check check (kind = ''legacy'' or ' || kinds || ')';
  select pg_get_expr(conbin, conrelid) into kinds from pg_constraint
    where conname = 'payout_check2' and conrelid = 'payout'::regclass;
  alter table payout drop constraint payout_check2;
  execute 'alter table payout add constraint payout_check2 check (kind = ''legacy'' or ' || kinds || ')';
end $$;
-- No run and no request pays again what an earlier system paid: what it made is never tried a second time.
alter table payout add constraint payout_legacy_untried check (kind <> 'legacy' or attempt_count = 0);
alter table payout add constraint payout_legacy_states check (kind <> 'legacy'
  or state in ('sent', 'held', 'unclaimed', 'completed', 'failed', 'returned'));

create table legacy_import (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  name text not null check (length(name) <= 300),
  cycle_id bigint,
  started_by text not null,
  created_at timestamptz not null
);

-- One row of a file. `matched` exists once per payment, by key, in whatever import: the same row again is `already_imported`.
create table legacy_row (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  import_id bigint not null,
  line int not null check (line > 0),
  result text collate "C" not null
    check (result in ('matched', 'already_imported', 'ambiguous', 'unmatched', 'invalid')),
  reason text collate "C" not null,
  detail text,
  provider_batch_id text collate "C",
  provider_item_id text collate "C",
  transaction_id text collate "C",
  -- Names the row when the provider's ids are absent: a keyed hash of what it says.
  row_key text collate "C" not null,
  -- Masked when it is an address. The whole address is nowhere; its fingerprint finds the payout method.
  reference text not null,
  receiver text not null,
  raw_status text not null,
  state payout_state,
  amount bigint check (amount > 0),
  currency char(3) collate "C",
  fee bigint check (fee >= 0),
  paid_at timestamptz,
  payee_id bigint,
  earning_id bigint,
  payout_id bigint,
  -- The earning is of this import, as none was recorded here.
  own_earning boolean not null default false,
  -- External ids of payees and earnings that it could be.
  candidates text,
  created_at timestamptz not null,
  unique (import_id, line),
  check (result = 'invalid' or (state is not null and amount is not null and currency is not null)),
  check (result <> 'matched' or (payee_id is not null and payout_id is not null)),
  check (result = 'matched' or (earning_id is null and payee_id is null and not own_earning)),
  check (not own_earning or earning_id is not null)
);
create unique index legacy_row_transaction on legacy_row (transaction_id) where result = 'matched';
create unique index legacy_row_item on legacy_row (provider_item_id) where result = 'matched';
create unique index legacy_row_key on legacy_row (row_key)
  where result = 'matched' and transaction_id is null and provider_item_id is null;
create unique index legacy_row_payout on legacy_row (payout_id) where result = 'matched';
-- The second of two equal rows without ids is another payment; which one it is, its place among them says.
create index legacy_row_alike on legacy_row (import_id, row_key) where transaction_id is null and provider_item_id is null;
create index legacy_row_by_result on legacy_row (import_id, result, line);
-- What waits for somebody: a later import that matches it ends the wait.
create index legacy_row_open_transaction on legacy_row (transaction_id) where result in ('ambiguous', 'unmatched', 'invalid');
create index legacy_row_open_item on legacy_row (provider_item_id) where result in ('ambiguous', 'unmatched', 'invalid');
create index legacy_row_open_key on legacy_row (row_key) where result in ('ambiguous', 'unmatched', 'invalid');

-- Counts and sums of an import, kept up with its rows, so that a report of a million rows is one look.
create table legacy_tally (
  import_id bigint not null,
  result text collate "C" not null,
  -- Empty for rows whose amount or currency could not be read.
  currency text collate "C" not null,
  rows bigint not null check (rows >= 0),
  amount bigint not null check (amount >= 0),
  primary key (import_id, result, currency)
);

-- Payouts in another currency than the balance they are paid from.

-- What was exchanged and what it became, per currency; and what the platform keeps by a spread.
alter type account_kind add value 'fx_clearing';
alter type account_kind add value 'fx_spread';

-- Rates as they were entered: one of base is mantissa / 10^scale of quote, exactly. One per pair and moment; never changed, a
-- better one is entered with a later moment.
create table fx_rate (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  base char(3) collate "C" not null,
  quote char(3) collate "C" not null,
  mantissa bigint not null check (mantissa > 0),
  scale smallint not null check (scale between 0 and 18),
  source text not null check (length(source) between 1 and 200),
  valid_at timestamptz not null,
  entered_at timestamptz not null,
  entered_by_kind text collate "C" not null,
  entered_by_id text collate "C" not null,
  entered_by_name text not null,
  check (base <> quote),
  unique (base, quote, valid_at)
);
create index fx_rate_by_pair on fx_rate (base, quote, id);
create trigger fx_rate_no_change before update or delete on fx_rate
  for each row execute function purser_refuse_change();
create trigger fx_rate_no_truncate before truncate on fx_rate
  for each statement execute function purser_refuse_change();
alter table fx_rate enable always trigger fx_rate_no_change;
alter table fx_rate enable always trigger fx_rate_no_truncate;

-- Of a converted payout: what leaves the balance (source), and what of it the platform keeps, in the currency that is paid.
-- All null for a payout in the currency of its balance.
alter table payout add column source_currency char(3) collate "C";
alter table payout add column source_amount bigint check (source_amount > 0);
alter table payout add column spread_amount bigint check (spread_amount >= 0);
alter table payout add check ((source_currency is null) = (source_amount is null)
  and (source_currency is null) = (spread_amount is null));
alter table payout add check (source_currency <> currency);

-- One request in flight per payee and balance, whatever it is paid in.
drop index payout_one_request;
create unique index payout_one_request on payout (payee_id, coalesce(source_currency, currency)) where open_request;

-- How a payout was converted, written once with it. Amounts in minor units; amount is a multiple of step, the least that can
-- be paid.
create table payout_conversion (
  payout_id bigint primary key,
  rate_id bigint not null,
  mantissa bigint not null check (mantissa > 0),
  scale smallint not null check (scale between 0 and 18),
  rate_source text not null,
  rate_at timestamptz not null,
  rounding text collate "C" not null check (rounding = 'half_even'),
  step bigint not null check (step > 0),
  spread_bps int not null check (spread_bps between 0 and 10000),
  source_currency char(3) collate "C" not null,
  source_exponent smallint not null check (source_exponent between 0 and 4),
  source_amount bigint not null check (source_amount > 0),
  currency char(3) collate "C" not null,
  exponent smallint not null check (exponent between 0 and 4),
  amount bigint not null check (amount > 0),
  spread_amount bigint not null check (spread_amount >= 0),
  check (source_currency <> currency)
);
create trigger payout_conversion_no_change before update or delete on payout_conversion
  for each row execute function purser_refuse_change();
create trigger payout_conversion_no_truncate before truncate on payout_conversion
  for each statement execute function purser_refuse_change();
alter table payout_conversion enable always trigger payout_conversion_no_change;
alter table payout_conversion enable always trigger payout_conversion_no_truncate;

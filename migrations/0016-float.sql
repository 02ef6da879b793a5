-- What the provider accounts hold, as they said when they were last asked.

-- asks is the fence: an answer to an earlier question than the last one is not kept. wanted_at: somebody looked at a reading
-- that was too old. error: why the last question had no answer.
create table float_account (
  provider text collate "C" primary key,
  asks bigint not null default 0 check (asks >= 0),
  asked_at timestamptz,
  answered_at timestamptz,
  wanted_at timestamptz,
  error text check (length(error) between 1 and 1000),
  check ((asks = 0) = (asked_at is null)),
  check (answered_at is null or asks > 0)
);

-- as_of: the moment the provider speaks of, which may be earlier than that of the answer. What is not here is not known.
create table float_reading (
  provider text collate "C" not null,
  currency char(3) collate "C" not null,
  available bigint not null,
  pending bigint not null,
  as_of timestamptz not null,
  read_at timestamptz not null,
  primary key (provider, currency),
  check (as_of <= read_at)
);

-- What left after a reading.
create index submission_accepted on submission (accepted_at) where accepted_at is not null;

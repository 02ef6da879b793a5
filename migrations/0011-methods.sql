-- Payout methods that wait before they are paid to, a second one in reserve, those that are retired or frozen; payees on
-- hold; and links by which a payee says that a change was not theirs.

-- usable_from null: at once, as every method from before. A retired method is never deleted: attempts are pinned to it.
alter table payout_method
  add column usable_from timestamptz,
  add column is_backup boolean not null default false,
  add column retired_at timestamptz,
  add column frozen_at timestamptz;
alter table payout_method add constraint payout_method_has_one_part
  check (not (is_default and is_backup) and (retired_at is null or not (is_default or is_backup)));
create unique index payout_method_one_backup on payout_method (payee_id) where is_backup;

-- A hold ends by the clock at hold_until; without it, when somebody releases it.
alter table payee
  add column hold_reason text check (length(hold_reason) between 1 and 500),
  add column hold_until timestamptz,
  add column held_at timestamptz,
  add constraint payee_hold_is_whole check ((hold_reason is null) = (held_at is null)
    and (hold_until is null or hold_reason is not null));

-- "This was not me": opens nothing, and freezes once. The token is kept as SHA-256 only.
create table method_link (
  id bigint generated always as identity primary key,
  payee_id bigint not null references payee,
  -- Null: not a method was changed but the address that mail goes to.
  method_id bigint references payout_method,
  token_hash text collate "C" not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at > created_at)
);
create index method_link_by_payee on method_link (payee_id, id);
-- Few links are open: those of a payee end with a freeze.
create index portal_link_open on portal_link (payee_id) where used_at is null;

-- Payout details at rest: sealed under data keys, which are themselves wrapped under the secret that the process is
-- given (docs/decisions/0008-envelope-encryption.md). What stands here opens nothing without that secret.

-- `wrapped_by` names the secret without telling it. One key per purpose is in use for what is new; a retired one still
-- opens what was sealed under it, so no key is ever deleted.
create table data_key (
  id int primary key check (id > 0),
  purpose text collate "C" not null check (purpose in ('details', 'fingerprint', 'audit', 'derived')),
  wrapped bytea not null,
  wrapped_by text collate "C" not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index data_key_in_use on data_key (purpose) where retired_at is null;

create trigger data_key_no_delete before delete on data_key for each row execute function purser_refuse_change();
create trigger data_key_no_truncate before truncate on data_key for each statement execute function purser_refuse_change();
alter table data_key enable always trigger data_key_no_delete;
alter table data_key enable always trigger data_key_no_truncate;

-- `masked` is what people see. `fingerprint` tells equal addresses without telling them; null only for a row from before
-- that differs from another one of the same payee by capitals alone.
alter table payout_method
  alter column destination drop not null,
  add column sealed bytea,
  add column masked text,
  add column fingerprint text collate "C";

-- Every new or changed row is sealed; those from before are sealed at the next start, which then validates this.
alter table payout_method add constraint payout_method_is_sealed
  check (destination is null and sealed is not null and masked is not null) not valid;
alter table payout_method drop constraint payout_method_payee_id_type_destination_key;
create unique index payout_method_once on payout_method (payee_id, type, fingerprint);
create unique index payout_method_public on payout_method (public_id);
create index payout_method_by_fingerprint on payout_method (fingerprint);

-- Frozen bytes hold every destination. Null: the body is from before and stands as it was written.
alter table submission_request add column key_id int;

-- Events name receivers. One of the two: `body` is from before.
alter table provider_event
  alter column body drop not null,
  add column sealed bytea,
  add constraint provider_event_one_body check ((body is null) <> (sealed is null));

-- Transfers that people make by hand: which payouts were handed over to be paid, in which export, by whom and when.

create table hand_transfer_export (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  method text collate "C" not null check (method in ('bank', 'moncash', 'natcash', 'manual')),
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text not null,
  transfer_count int not null check (transfer_count > 0),
  exported_at timestamptz not null
);

-- What was handed over, as it was then: the account and the amount that the file named. A payout that was handed over stays so,
-- whatever becomes of it: somebody may be paying it. With `again` it is in several exports.
create table hand_transfer (
  export_id bigint not null,
  payout_id bigint not null,
  method_id bigint not null,
  amount bigint not null check (amount > 0),
  currency char(3) collate "C" not null,
  primary key (export_id, payout_id)
);
create index hand_transfer_by_payout on hand_transfer (payout_id, export_id);

create trigger hand_transfer_export_no_change before update or delete on hand_transfer_export
  for each row execute function purser_refuse_change();
create trigger hand_transfer_export_no_truncate before truncate on hand_transfer_export
  for each statement execute function purser_refuse_change();
create trigger hand_transfer_no_change before update or delete on hand_transfer
  for each row execute function purser_refuse_change();
create trigger hand_transfer_no_truncate before truncate on hand_transfer
  for each statement execute function purser_refuse_change();
alter table hand_transfer_export enable always trigger hand_transfer_export_no_change;
alter table hand_transfer_export enable always trigger hand_transfer_export_no_truncate;
alter table hand_transfer enable always trigger hand_transfer_no_change;
alter table hand_transfer enable always trigger hand_transfer_no_truncate;

-- Since when it is in an export. On the payout itself, so that whoever waited for its row sees it: a payout that was handed over
-- is never sent by a provider as well. It is in no index, so its updates stay in the page.
alter table payout add column hand_exported_at timestamptz;

-- The day a bank or an operator says that it paid, when whoever marks it knows.
alter table payout add column paid_on date;
alter table payout add check (paid_on is null or paid_by_hand_at is not null);

-- Under which references payouts were paid by hand. They stay known when the payment came back and the payout is paid in another
-- way since: one reference is one payment, so the same file again pays nothing.

create table payout_paid_reference (
  payout_id bigint not null,
  reference text not null,
  primary key (payout_id, reference)
);

-- What was marked before. The timeline knows what the payout itself has forgotten.
insert into payout_paid_reference (payout_id, reference)
  select id, paid_reference from payout where paid_reference is not null
  union
  select payout_id, substr(detail, length('paid by hand, reference ') + 1) from payout_event
    where event = 'mark_paid' and detail like 'paid by hand, reference %';

create trigger payout_paid_reference_no_change before update or delete on payout_paid_reference
  for each row execute function purser_refuse_change();
create trigger payout_paid_reference_no_truncate before truncate on payout_paid_reference
  for each statement execute function purser_refuse_change();
alter table payout_paid_reference enable always trigger payout_paid_reference_no_change;
alter table payout_paid_reference enable always trigger payout_paid_reference_no_truncate;

-- What came back after it was handed over is paid by nobody any more, until it is handed over again.
update payout p set hand_exported_at = null
  where p.hand_exported_at is not null and exists (select 1 from payout_event r
    where r.payout_id = p.id and r.event = 'return'
      and r.id > (select max(x.id) from payout_event x where x.payout_id = p.id and x.event = 'export'));

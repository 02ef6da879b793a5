-- Parts of payments that came back, in the currency of the balance they had left: of a payout that was converted that is not
-- the currency of its attempt. Minor units; in proportion to what came back in all, and cumulative, so that all parts of a
-- payment are exactly what had left.
create table payout_part (
  attempt_id bigint primary key,
  returned bigint not null,
  -- Of that, what somebody has decided about.
  decided bigint not null default 0,
  -- Of that, what was kept and has not been used for an earning that was taken back.
  kept bigint not null default 0,
  check (returned >= 0),
  check (decided between 0 and returned),
  check (kept between 0 and decided)
);
-- Only what was not converted was booked until now. What was not paid again was kept.
insert into payout_part (attempt_id, returned, decided, kept)
  select a.id, a.returned_part, a.settled_part, greatest(0, a.settled_part - coalesce(g.net, 0))
  from payout_attempt a left join (
    select substring(external_id from '^(.*):[0-9]+$') as item_reference, sum(net)::bigint as net from earning
    where source_type = 'returned_part' and reversed_at is null group by 1) g on g.item_reference = a.item_reference
  where a.returned_part > 0;

-- Of an earning that was taken back after it was paid: what the payee does not owe, as it came back by the payment itself.
alter table earning add column covered bigint not null default 0;
alter table earning add check (covered between 0 and net and (covered = 0 or reversed_at is not null));

-- What told of a part of a payment that has come back in full since is over.
update alert set closed_at = now() where kind = 'partly_returned' and closed_at is null
  and exists (select 1 from payout_attempt a where a.item_reference = alert.subject and a.state = 'returned');

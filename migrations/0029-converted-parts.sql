-- Parts of payments that came back, in the currency of the balance they had left: of a payout that was converted that is not
-- the currency of its attempt. Minor units; in proportion to what came back in all, and cumulative, so that all parts of a
-- payment are exactly what had left.
create table payout_part (
  attempt_id bigint primary key,
  returned bigint not null,
  -- Of that, what somebody has decided about.
  decided bigint not null default 0,
  check (returned >= 0),
  check (decided between 0 and returned)
);
-- Only what was not converted was booked until now.
insert into payout_part (attempt_id, returned, decided)
  select id, returned_part, settled_part from payout_attempt where returned_part > 0;

-- What told of a part of a payment that has come back in full since is over.
update alert set closed_at = now() where kind = 'partly_returned' and closed_at is null
  and exists (select 1 from payout_attempt a where a.item_reference = alert.subject and a.state = 'returned');

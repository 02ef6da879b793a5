-- What is there to be paid, by itself: earnings that wait no more, were not taken back and are in no live payout. Lists and
-- forecasts read this and not the history, which grows with everything that was ever paid. Nothing that pays reads it:
-- a run looks at the earnings and their payouts themselves.
create table earning_unpaid (
  -- Of the earning, whose other columns never change.
  id bigint primary key,
  payee_id bigint not null,
  cycle_id bigint,
  currency char(3) collate "C" not null,
  net bigint not null,
  available_at timestamptz not null
);
create index earning_unpaid_by_cycle on earning_unpaid (cycle_id) where cycle_id is not null;
create index earning_unpaid_by_payee on earning_unpaid (payee_id, currency) where cycle_id is null;

create function purser_unpaid_recorded() returns trigger language plpgsql as $$
begin
  insert into earning_unpaid (id, payee_id, cycle_id, currency, net, available_at)
    select id, payee_id, cycle_id, currency, net, available_at from written where not pending and reversed_at is null;
  return null;
end $$;
create trigger earning_unpaid_recorded after insert on earning
  referencing new table as written for each statement execute function purser_unpaid_recorded();

-- It waits no more, or was taken back.
create function purser_unpaid_changed() returns trigger language plpgsql as $$
begin
  delete from earning_unpaid u using written w where u.id = w.id and (w.pending or w.reversed_at is not null);
  insert into earning_unpaid (id, payee_id, cycle_id, currency, net, available_at)
    select id, payee_id, cycle_id, currency, net, available_at from written w where not pending and reversed_at is null
      and not exists (select 1 from payout_earning l where l.earning_id = w.id and l.released_at is null)
    on conflict (id) do nothing;
  return null;
end $$;
create trigger earning_unpaid_changed after update on earning
  referencing new table as written for each statement execute function purser_unpaid_changed();

-- A payout carries it.
create function purser_unpaid_carried() returns trigger language plpgsql as $$
begin
  delete from earning_unpaid u using written w where u.id = w.earning_id and w.released_at is null;
  return null;
end $$;
create trigger earning_unpaid_carried after insert on payout_earning
  referencing new table as written for each statement execute function purser_unpaid_carried();

-- Its payout is over without payment. Whoever takes an earning back in the same moment may have looked before, so what reads
-- this leaves out what was taken back.
create function purser_unpaid_released() returns trigger language plpgsql as $$
begin
  delete from earning_unpaid u using written w where u.id = w.earning_id and w.released_at is null;
  insert into earning_unpaid (id, payee_id, cycle_id, currency, net, available_at)
    select e.id, e.payee_id, e.cycle_id, e.currency, e.net, e.available_at from written w join earning e on e.id = w.earning_id
      where w.released_at is not null and not e.pending and e.reversed_at is null
        and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null)
    on conflict (id) do nothing;
  return null;
end $$;
create trigger earning_unpaid_released after update on payout_earning
  referencing new table as written for each statement execute function purser_unpaid_released();

-- What is there from before.
insert into earning_unpaid (id, payee_id, cycle_id, currency, net, available_at)
  select e.id, e.payee_id, e.cycle_id, e.currency, e.net, e.available_at from earning e
    where not e.pending and e.reversed_at is null
      and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null);
analyze earning_unpaid;

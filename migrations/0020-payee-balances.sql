-- What has left the accounts of a payee, kept where the balance is looked up, as summing payouts costs more with each of them.
-- In the row of what is reserved, which changes anyhow when money leaves: minor units of the currency of the row.
-- on_its_way: with a provider, not arrived yet. paid: arrived, less the parts of it that came back.
alter table balance add column on_its_way bigint not null default 0;
alter table balance add column paid bigint not null default 0;
-- No check keeps them from falling below zero: they only tell what was posted, and what happened must always be posted.
alter table balance add check (account = 'payee_reserved' or (on_its_way = 0 and paid = 0));

insert into balance (account, owner_id, currency, amount, on_its_way, paid)
  select 'payee_reserved', payee_id, currency, 0, sum(on_its_way), sum(paid)
  from (
    select payee_id, coalesce(source_currency, currency) as currency,
      case when state in ('sent', 'held', 'unclaimed') then coalesce(source_amount, amount) else 0 end as on_its_way,
      case when state = 'completed' then coalesce(source_amount, amount) else 0 end as paid
    from payout where state in ('sent', 'held', 'unclaimed', 'completed')
    union all
    select p.payee_id, p.currency, 0, -a.returned_part from payout_attempt a join payout p on p.id = a.payout_id
      where a.returned_part > 0 and a.state = 'completed') parts
  group by payee_id, currency
  on conflict (owner_id, account, currency) do update set on_its_way = excluded.on_its_way, paid = excluded.paid;

-- What lists are served by, so that a page reads a bounded number of rows however large the tables are.

-- The state beside the way that goes well, null on that way. A payment that succeeds never changes an indexed column, so its
-- updates stay in their page; with an index on state itself they take nine times as long.
alter table payout add column off_state payout_state
  generated always as (case when state not in ('queued', 'sending', 'sent', 'completed') then state end) stored;
create index payout_off_way on payout (off_state, id) where off_state is not null;
create index payout_off_way_by_cycle on payout (cycle_id, off_state, id) where off_state is not null;

alter table payout_attempt add column off_state attempt_state
  generated always as (case when state not in ('pending', 'completed') then state end) stored;
create index payout_attempt_off_way on payout_attempt (batch_id, off_state, id) where off_state is not null;

create index alert_open_newest on alert (id) where closed_at is null;

-- Words of names, for people who type the beginning of one. `simple`: names are in every language.
create index payee_name_words on payee using gin (to_tsvector('simple', name));

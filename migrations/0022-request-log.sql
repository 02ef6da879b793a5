-- What was asked of the API lately, for whoever writes a client: never a body, a query or an address that was asked for, only
-- the pattern of the route. Kept for a time, and up to a number of rows.

create table request_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  method text collate "C" not null,
  route text collate "C" not null,
  status smallint not null check (status between 100 and 599),
  status_class smallint generated always as (status / 100) stored,
  -- What the problem is called; null: there was none.
  code text collate "C",
  ms int not null check (ms >= 0),
  request_id text collate "C" not null,
  actor_kind text collate "C" not null check (actor_kind in ('person', 'key', 'payee', 'system', 'stranger')),
  actor_id text collate "C" not null,
  ip text,
  -- Answered from the record of an idempotency key.
  replayed boolean not null
);
-- A page is the newest of all, or of one of these; a second filter looks through that.
create index request_log_by_actor on request_log (actor_id, id);
create index request_log_by_route on request_log (route, id);
create index request_log_by_class on request_log (status_class, id);

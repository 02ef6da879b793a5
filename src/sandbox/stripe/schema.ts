import { rows, type Database } from '../database.ts';

/**
 * Stripe's part of the file of truth. A transfer, the answer its key replays and the events it causes are written in one
 * transaction, so a kill leaves all of them or none. Times in milliseconds, amounts in Stripe's units.
 */
const schema = `
create table if not exists stripe_transfer (
  seq integer primary key,
  id text not null unique,
  created_at integer not null,
  amount integer not null check (amount > 0),
  amount_reversed integer not null default 0 check (amount_reversed between 0 and amount),
  currency text not null,
  destination text not null,
  description text,
  metadata text not null,
  transfer_group text,
  base_group text,
  source_transaction text,
  source_type text not null,
  idempotency_key text,
  fate text,
  fate_at integer
) strict;
create index if not exists stripe_transfer_by_group on stripe_transfer (transfer_group, seq);
create index if not exists stripe_transfer_by_destination on stripe_transfer (destination, seq);
create index if not exists stripe_transfer_by_base on stripe_transfer (base_group, destination);
create index if not exists stripe_transfer_by_fate on stripe_transfer (fate_at) where fate is not null;
create table if not exists stripe_reversal (
  seq integer primary key,
  id text not null unique,
  transfer_seq integer not null,
  created_at integer not null,
  amount integer not null check (amount > 0),
  metadata text not null
) strict;
create index if not exists stripe_reversal_by_transfer on stripe_reversal (transfer_seq, seq);
create table if not exists stripe_key (
  key text primary key,
  fingerprint text not null,
  status integer not null,
  body text not null,
  request_id text not null,
  created_at integer not null
) without rowid, strict;
create table if not exists stripe_event (
  seq integer primary key,
  id text not null unique,
  type text not null,
  account text,
  object text not null,
  previous text,
  request_id text,
  idempotency_key text,
  created_at integer not null,
  next_at integer not null,
  attempts integer not null default 0,
  held integer not null default 0,
  state text not null
) strict;
create index if not exists stripe_event_waiting on stripe_event (next_at, seq) where state = 'waiting';
create table if not exists stripe_account (id text primary key, state text not null) without rowid, strict;
create table if not exists stripe_balance (currency text primary key, amount integer not null) without rowid, strict;
`;

export function createStripeTables(db: Database): void {
  db.handle.exec(schema);
  // A directory from before both sides shared the rules.
  const columns = rows<{ name: string }>(db, `select name from pragma_table_info('fault')`);
  if (!columns.some(({ name }) => name === 'side')) db.handle.exec('alter table fault add column side text');
}

import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';
import type { SealedMethod } from './payout-methods.ts';

/** True for a method `m` whose account the provider says cannot be paid. What nobody knows is tried. */
export const isUnready = sql<boolean>`exists (select 1 from provider_account k
  where k.provider = m.type and k.fingerprint = m.fingerprint and k.state = 'not_ready')`;

/** Is there a method to take up, or an account to look at? One look into two small indexes, as most rounds find neither. */
export async function accountWork(
  db: Db,
  providers: readonly string[],
  now: Date,
): Promise<{ fresh: boolean; due: boolean }> {
  const row = await one(
    db,
    sql<{ fresh: boolean; due: boolean }>`select
      exists (select 1 from payout_method where type = 'stripe' and not taken_up) as fresh,
      exists (select 1 from provider_account where provider = any(${providers}::text[]) and due_at <= ${now}) as due`,
  );
  return row ?? { fresh: false, due: false };
}

/** Takes up methods that are new: an account each, to be looked at now. Answers how many methods. */
export async function takeUpMethods(
  db: Db,
  limit: number,
  newId: (prefix: string) => string,
  now: Date,
): Promise<number> {
  const fresh = await all(
    db,
    sql<{ type: string; fingerprint: string }>`update payout_method m set taken_up = true
      where m.id in (select id from payout_method where type = 'stripe' and not taken_up order by id limit ${limit}
        for update skip locked)
      returning m.type, m.fingerprint`,
  );
  if (fresh.length > 0) await openAccounts(db, fresh, newId, now);
  return fresh.length;
}

/** Makes sure that accounts exist; a new one is due at once. */
async function openAccounts(
  db: Db,
  accounts: readonly { type: string; fingerprint: string }[],
  newId: (prefix: string) => string,
  now: Date,
): Promise<void> {
  const rows = accounts.map((account) => ({ ...account, publicId: newId('pa') }));
  await sql`insert into provider_account (public_id, provider, fingerprint, due_at)
    select i.public_id, i.provider, i.fingerprint, ${now} from ${rowsOf('i', rows, {
      public_id: ['text', (row) => row.publicId],
      provider: ['text', (row) => row.type],
      fingerprint: ['text', (row) => row.fingerprint],
    })} order by i.provider, i.fingerprint on conflict (provider, fingerprint) do nothing`.execute(db);
}

/** An account to look at. */
export interface DueAccount extends SealedMethod {
  id: bigint;
  publicId: string;
  kind: string;
  /** Nobody has looked yet, an event named it, or somebody who is paid through it is to be paid. */
  wanted: boolean;
}

const toBePaid = sql`exists (
  select 1 from payout_method d where d.fingerprint = k.fingerprint and d.type = k.provider and d.is_default and (
    exists (select 1 from earning e join cycle c on c.id = e.cycle_id and c.status = 'open'
      where e.payee_id = d.payee_id and e.reversed_at is null
        and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null))
    or exists (select 1 from payout p where p.payee_id = d.payee_id
      and p.state in ('pending_approval', 'approved', 'failed', 'returned'))))`;

/** Claims accounts that are due, until `leaseUntil`; other workers skip them. */
export async function claimAccounts(
  db: Db,
  provider: string,
  limit: number,
  leaseUntil: Date,
  now: Date,
): Promise<DueAccount[]> {
  return all(
    db,
    sql<DueAccount>`with claimed as (
        update provider_account set due_at = ${leaseUntil} where id in (
          select id from provider_account where provider = ${provider} and due_at <= ${now} order by due_at, id
          limit ${limit} for update skip locked) returning *)
      select k.id, k.public_id as "publicId", m.kind, m.public_id as "methodPublicId", m.payee_id as "payeeId", m.sealed,
        (k.checked_at is null or k.named_at >= k.checked_at or ${toBePaid}) as wanted
      from claimed k cross join lateral (select * from payout_method m
        where m.fingerprint = k.fingerprint and m.type = k.provider order by m.id limit 1) m order by k.id`,
  );
}

/** What the provider said of an account; `issue` null: it can be paid. */
export interface AccountSaid {
  readonly issue: {
    readonly code: string;
    readonly message: string;
    readonly transfersEnabled: boolean | null;
    readonly payoutsEnabled: boolean | null;
    readonly askedFor: readonly string[];
  } | null;
}

/** An event that came during the look has set an earlier time than the lease: it stays. */
const unlessNamed = (leaseUntil: Date, next: Date) =>
  sql`case when due_at < ${leaseUntil} then due_at else ${next}::timestamptz end`;

/** Keeps what the provider said, and when to look again. An older look never overwrites a newer one. */
export async function saveAccount(
  db: Db,
  id: bigint,
  { issue }: AccountSaid,
  times: { startedAt: Date; leaseUntil: Date; next: Date },
): Promise<void> {
  const state = issue === null ? 'ready' : 'not_ready';
  await run(
    db,
    sql`update provider_account set state = ${state}, reason_code = ${issue?.code ?? null},
        reason_detail = ${issue?.message ?? null},
        transfers_enabled = ${issue === null ? true : issue.transfersEnabled},
        payouts_enabled = ${issue === null ? true : issue.payoutsEnabled},
        asked_for = ${[...(issue?.askedFor ?? [])]}::text[], checked_at = ${times.startedAt},
        state_at = case when state = ${state} then state_at else ${times.startedAt} end,
        due_at = ${unlessNamed(times.leaseUntil, times.next)}
      where id = ${id} and (checked_at is null or checked_at <= ${times.startedAt})`,
  );
}

/** Looks at these later: nothing was learned. */
export async function postponeAccounts(
  db: Db,
  ids: readonly bigint[],
  leaseUntil: Date,
  next: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await run(
    db,
    sql`update provider_account set due_at = ${unlessNamed(leaseUntil, next)}
      where id = any(${ids}::bigint[])`,
  );
}

/**
 * The account of a fingerprint, where a payee of ours is paid through it; null otherwise. `named`: look at it now.
 */
export async function accountOfEvent(
  tx: Db,
  event: { provider: string; fingerprint: string; named: boolean },
  newId: (prefix: string) => string,
  now: Date,
): Promise<{ id: bigint; publicId: string } | null> {
  const { provider: type, fingerprint, named } = event;
  const known = await one(
    tx,
    sql`select 1 as known from payout_method where fingerprint = ${fingerprint} and type = ${type} limit 1`,
  );
  if (!known) return null;
  await openAccounts(tx, [{ type, fingerprint }], newId, now);
  const row = await one(
    tx,
    sql<{ id: bigint; publicId: string }>`update provider_account set
        due_at = case when ${named}::boolean then least(due_at, ${now}) else due_at end,
        named_at = case when ${named}::boolean then ${now} else named_at end
      where provider = ${type} and fingerprint = ${fingerprint} returning id, public_id as "publicId"`,
  );
  return row ?? null;
}

export interface AccountRow {
  id: bigint;
  publicId: string;
  provider: string;
  masked: string;
  isDefault: boolean;
  state: 'unknown' | 'ready' | 'not_ready';
  transfersEnabled: boolean | null;
  payoutsEnabled: boolean | null;
  askedFor: string[];
  reasonCode: string | null;
  reasonDetail: string | null;
  checkedAt: Date | null;
}

/** The accounts a payee is paid through, the one in use first. */
export async function accountsOfPayee(db: Db, payeeId: bigint, limit: number): Promise<AccountRow[]> {
  return all(
    db,
    sql<AccountRow>`select k.id, k.public_id as "publicId", k.provider, m.masked, m.is_default as "isDefault", k.state,
        k.transfers_enabled as "transfersEnabled", k.payouts_enabled as "payoutsEnabled", k.asked_for as "askedFor",
        k.reason_code as "reasonCode", k.reason_detail as "reasonDetail", k.checked_at as "checkedAt"
      from payout_method m join provider_account k on k.provider = m.type and k.fingerprint = m.fingerprint
      where m.payee_id = ${payeeId} order by m.is_default desc, m.id desc limit ${limit}`,
  );
}

import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { Conversion } from './conversions.ts';
import { insertConversion } from './conversions.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf } from './db.ts';
import { paidPerhaps } from './doubts.ts';

export interface PayeeToPay {
  id: bigint;
  publicId: string;
  externalId: string;
  status: 'active' | 'blocked';
  methodId: bigint | null;
  methodType: string | null;
  methodPublicId: string | null;
}

/** A payee with the default method, locked: of two that ask at once the second sees what the first got. */
export async function lockPayee(tx: Db, id: string | bigint): Promise<PayeeToPay | undefined> {
  const found =
    typeof id === 'bigint'
      ? sql`y.id = ${id}`
      : sql`y.id = (select id from payee where public_id = ${id} or external_id = ${id}
          order by (public_id = ${id}) desc limit 1)`;
  return one(
    tx,
    sql<PayeeToPay>`with y as materialized (select * from payee y where ${found} for no key update)
      select y.id, y.public_id as "publicId", y.external_id as "externalId", y.status, m.id as "methodId", m.type as "methodType",
        m.public_id as "methodPublicId"
      from y left join payout_method m on m.payee_id = y.id and m.is_default`,
  );
}

/** Payees with their default methods, locked in the order of their ids. */
export async function lockPayees(tx: Db, ids: readonly bigint[]): Promise<PayeeToPay[]> {
  return all(
    tx,
    sql<PayeeToPay>`with y as materialized (
        select * from payee y where id = any(${ids as bigint[]}::bigint[]) order by id for no key update)
      select y.id, y.public_id as "publicId", y.external_id as "externalId", y.status, m.id as "methodId", m.type as "methodType",
        m.public_id as "methodPublicId"
      from y left join payout_method m on m.payee_id = y.id and m.is_default`,
  );
}

/** True for a request `p` that was put to be approved again and is under way, however often it was tried before. */
export const againUnderWay = sql<boolean>`(p.resubmitted and p.kind = 'request'
  and p.state in ('pending_approval', 'approved', 'queued', 'sending', 'sent', 'held', 'unclaimed'))`;

/** The request of a payee that is under way from the balance in a currency. */
export async function openRequest(
  db: Db,
  payeeId: bigint,
  currency: string,
): Promise<{ publicId: string; state: PayoutState } | undefined> {
  return one(
    db,
    // Two looks, as each has its own index.
    sql<{ publicId: string; state: PayoutState }>`select public_id as "publicId", state from payout
        where payee_id = ${payeeId} and coalesce(source_currency, currency) = ${currency} and open_request
      union all
      select p.public_id, p.state from payout p
        where p.payee_id = ${payeeId} and coalesce(p.source_currency, p.currency) = ${currency} and ${againUnderWay}
      limit 1`,
  );
}

/** Requests under way of a set of payees, by the currency of the balance. */
export async function openRequests(
  db: Db,
  payeeIds: readonly bigint[],
): Promise<{ payeeId: bigint; currency: string }[]> {
  return all(
    db,
    sql<{
      payeeId: bigint;
      currency: string;
    }>`select payee_id as "payeeId", coalesce(source_currency, currency) as currency
      from payout
      where payee_id = any(${payeeIds as bigint[]}::bigint[]) and open_request
      union
      select p.payee_id, coalesce(p.source_currency, p.currency) from payout p
      where p.payee_id = any(${payeeIds as bigint[]}::bigint[]) and ${againUnderWay}`,
  );
}

/** Currencies in which a payee has any balance. */
export async function currenciesOf(db: Db, payeeId: bigint): Promise<string[]> {
  const rows = await all(
    db,
    sql<{
      currency: string;
    }>`select distinct currency from balance where owner_id = ${payeeId} and amount <> 0
      order by currency`,
  );
  return rows.map((row) => row.currency);
}

const isRecovered = sql<boolean>`exists (
  select 1 from payout_recovery c where c.earning_id = e.id and c.released_at is null)`;

/**
 * True for an earning `e` that a payout may carry: it waits no more, no live payout carries it, and it was not taken back (or
 * what it made the payee owe was recovered or came back by its payment, so that much of it is the payee's again).
 */
export const isFree = sql<boolean>`(not e.pending and not ${paidPerhaps}
  and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null)
  and (e.reversed_at is null or e.covered > 0 or ${isRecovered}))`;

/** What a payout carries of an earning `e` that is free; minor units. Of what was taken back and not recovered, what is covered. */
export const freeAmount = sql<bigint>`(case when e.reversed_at is null or ${isRecovered} then e.net else e.covered end)`;

/** An earning that a payout may carry: what it adds, and the fee that was taken off before. Minor units. */
export interface FreeEarning {
  id: bigint;
  amount: bigint;
  fee: bigint;
}

/** Earnings of a payee that a payout may carry, oldest first, at most `limit`. */
export async function freeEarnings(
  db: Db,
  payeeId: bigint,
  currency: string,
  limit: number,
): Promise<FreeEarning[]> {
  return all(
    db,
    sql<FreeEarning>`select e.id, ${freeAmount} as amount, e.fee from earning e
      where e.payee_id = ${payeeId} and e.currency = ${currency} and ${isFree}
      order by e.id limit ${limit}`,
  );
}

/** When the next earning of a payee becomes available, and how much that is; minor units. */
export async function nextPending(
  db: Db,
  payeeId: bigint,
  currency: string,
): Promise<{ at: Date; amount: bigint } | undefined> {
  return one(
    db,
    sql<{ at: Date; amount: bigint }>`select available_at as at, net as amount from earning
      where pending and payee_id = ${payeeId} and currency = ${currency} order by available_at limit 1`,
  );
}

/** A payout that waits for approval, with what it carries. Amounts in minor units. */
export interface NewPayout {
  readonly publicId: string;
  readonly kind: 'request' | 'single';
  readonly payeeId: bigint;
  readonly methodId: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly requestedBy: { readonly kind: string; readonly id: string; readonly name: string };
  readonly expiresAt: Date;
  readonly earnings: readonly { id: bigint; amount: bigint }[];
  /** Taken back after they were paid: the payout pays so much less. */
  readonly recovered: readonly { id: bigint; amount: bigint }[];
  /** From the currency of the balance; null when it is paid as it is. */
  readonly conversion: Conversion | null;
}

/**
 * Writes payouts and what they carry, and answers their ids by public id. Unique indexes refuse a second open request and an
 * earning that is taken (23505).
 */
export async function insertPayouts(
  tx: Db,
  payouts: readonly NewPayout[],
  now: Date,
): Promise<Map<string, bigint>> {
  const rows = await all(
    tx,
    sql<{
      id: bigint;
      publicId: string;
    }>`insert into payout (public_id, kind, payee_id, amount, currency, state, method_id,
        requested_by_kind, requested_by_id, requested_by_name, expires_at, created_at, state_at, source_currency,
        source_amount, spread_amount)
      select i.public_id, i.kind, i.payee_id, i.amount, i.currency, 'pending_approval', i.method_id, i.by_kind, i.by_id,
        i.by_name, i.expires_at::timestamptz, ${now}, ${now}, i.source_currency, i.source_amount, i.spread_amount
      from ${rowsOf('i', payouts, {
        public_id: ['text', (payout) => payout.publicId],
        kind: ['text', (payout) => payout.kind],
        payee_id: ['bigint', (payout) => payout.payeeId],
        amount: ['bigint', (payout) => payout.amount],
        currency: ['text', (payout) => payout.currency],
        method_id: ['bigint', (payout) => payout.methodId],
        by_kind: ['text', (payout) => payout.requestedBy.kind],
        by_id: ['text', (payout) => payout.requestedBy.id],
        by_name: ['text', (payout) => payout.requestedBy.name],
        expires_at: ['text', (payout) => payout.expiresAt.toISOString()],
        source_currency: ['text', (payout) => payout.conversion?.sourceCurrency ?? null],
        source_amount: ['bigint', (payout) => payout.conversion?.sourceAmount ?? null],
        spread_amount: ['bigint', (payout) => payout.conversion?.spreadAmount ?? null],
      })} order by i.payee_id, i.currency returning id, public_id as "publicId"`,
  );
  if (rows.length !== payouts.length) throw new Error(`wrote ${rows.length} of ${payouts.length} payouts`);
  const ids = new Map(rows.map((row) => [row.publicId, row.id]));
  // One at a time: payouts that are asked for in sets are paid as they are.
  for (const { publicId, conversion } of payouts)
    if (conversion) await insertConversion(tx, ids.get(publicId) ?? 0n, conversion);
  const carried = (of: 'earnings' | 'recovered') =>
    payouts.flatMap((payout) =>
      payout[of].map((item) => ({ ...item, payoutId: ids.get(payout.publicId) ?? 0n })),
    );
  await carry(tx, 'payout_earning', carried('earnings'));
  await carry(tx, 'payout_recovery', carried('recovered'));
  return ids;
}

async function carry(
  tx: Db,
  table: 'payout_earning' | 'payout_recovery',
  carried: readonly { payoutId: bigint; id: bigint; amount: bigint }[],
): Promise<void> {
  if (carried.length === 0) return;
  await sql`insert into ${sql.raw(table)} (payout_id, earning_id, amount)
    select i.payout_id, i.id, i.amount from ${rowsOf('i', carried, {
      payout_id: ['bigint', (row) => row.payoutId],
      id: ['bigint', (row) => row.id],
      amount: ['bigint', (row) => row.amount],
    })}`.execute(tx);
}

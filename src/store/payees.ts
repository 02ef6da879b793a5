import { sql } from 'kysely';
import { accountOf, maskMethod } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';
import type { GivenMethod } from './payout-methods.ts';
import { sealedText } from './payout-methods.ts';
import { flagShared } from './shared-accounts.ts';
import { canBePaid as payableNow } from './payee-barriers.ts';
import { payeesNamed } from './search.ts';
import type { DbVault } from './vault.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

/** A payee as asked for: upserted by `externalId`. `method` becomes the default payout method. */
export interface PayeeInput {
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly method: GivenMethod | null;
}

export interface PayeeRow {
  id: bigint;
  publicId: string;
  externalId: string;
  name: string;
  email: string | null;
  status: 'active' | 'blocked';
  methodType: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual' | null;
  methodId: string | null;
  /** The address of the default method as people see it. */
  masked: string | null;
  /** Of the default method; null: at once. */
  methodUsableFrom: Date | null;
  methodFrozenAt: Date | null;
  holdReason: string | null;
  holdUntil: Date | null;
  createdAt: Date;
}

const columns =
  sql.raw(`y.id, y.public_id as "publicId", y.external_id as "externalId", y.name, y.email, y.status,
  y.created_at as "createdAt", m.type as "methodType", m.public_id as "methodId", m.masked,
  m.usable_from as "methodUsableFrom", m.frozen_at as "methodFrozenAt", y.hold_reason as "holdReason",
  y.hold_until as "holdUntil"`);
const from = sql.raw(`payee y left join payout_method m on m.payee_id = y.id and m.is_default`);

/**
 * Creates or updates payees by external id and answers their ids by external id. An empty name or address in the input
 * never erases one that is known. External ids are distinct in `payees`. A method that replaces another is usable from
 * `coolUntil`, or with null at once (docs/decisions/0012-cool-off.md).
 */
export async function upsertPayees(
  tx: Db,
  vault: DbVault,
  payees: readonly PayeeInput[],
  newId: (prefix: string) => string,
  now: Date,
  coolUntil: Date | null = null,
): Promise<Map<string, bigint>> {
  const rows = payees.map((payee) => ({ ...payee, publicId: newId('py') }));
  const input = rowsOf('i', rows, {
    public_id: ['text', (row) => row.publicId],
    external_id: ['text', (row) => row.externalId],
    name: ['text', (row) => row.name],
    email: ['text', (row) => row.email],
  });
  // Known and unchanged payees are only read: a repeated file writes nothing and bloats nothing.
  await sql`insert into payee (public_id, external_id, name, email, created_at, updated_at)
    select i.public_id, i.external_id, i.name, i.email, ${now}, ${now} from ${input}
    left join payee known on known.external_id = i.external_id
      and (i.name = '' or i.name = known.name) and (i.email is null or i.email = known.email)
    where known.id is null order by i.external_id
    on conflict (external_id) do update set
      name = case when excluded.name = '' then payee.name else excluded.name end,
      email = coalesce(excluded.email, payee.email), updated_at = excluded.updated_at`.execute(tx);
  const ids = await all(
    tx,
    sql<{ id: bigint; externalId: string }>`select y.id, y.external_id as "externalId"
      from ${rowsOf('i', rows, { external_id: ['text', (row) => row.externalId] })} join payee y using (external_id)`,
  );
  const byExternalId = new Map(ids.map((row) => [row.externalId, row.id]));
  await setDefaultMethods(tx, vault, rows, byExternalId, newId, now, coolUntil);
  return byExternalId;
}

async function setDefaultMethods(
  tx: Db,
  vault: DbVault,
  payees: readonly PayeeInput[],
  ids: Map<string, bigint>,
  newId: (prefix: string) => string,
  now: Date,
  coolUntil: Date | null,
): Promise<void> {
  const given = payees.flatMap(({ method, externalId }) => {
    const payeeId = ids.get(externalId);
    if (!method || payeeId === undefined) return [];
    return [{ ...method, payeeId, fingerprint: vault.fingerprint(accountOf(method)) }];
  });
  const changed = await lockChanged(tx, given);
  if (changed.size === 0) return;
  const methods = given
    .filter(({ payeeId }) => changed.has(payeeId))
    .map((method) => ({ ...method, methodPublicId: newId('pm') }));
  const input = rowsOf('i', methods, {
    public_id: ['text', (row) => row.methodPublicId],
    payee_id: ['bigint', (row) => row.payeeId],
    type: ['text', (row) => row.type],
    kind: ['text', (row) => row.kind],
    sealed: ['text', (row) => sealedText(vault, row)],
    masked: ['text', (row) => maskMethod(row)],
    fingerprint: ['text', (row) => row.fingerprint],
  });
  // Two statements: the one-default index is checked row by row, so the old default steps down before the new one stands.
  await sql`update payout_method m set is_default = false from ${input}
    where m.payee_id = i.payee_id and m.is_default
      and (m.type, m.fingerprint) is distinct from (i.type, i.fingerprint)`.execute(tx);
  await sql`insert into payout_method (public_id, payee_id, type, kind, sealed, masked, fingerprint, is_default, created_at, usable_from)
    select i.public_id, i.payee_id, i.type, i.kind, decode(i.sealed, 'base64'), i.masked, i.fingerprint, true, ${now},
      case when exists (select 1 from payout_method o where o.payee_id = i.payee_id) then ${coolUntil}::timestamptz end
    from ${input}
    where not exists (select 1 from payout_method m where m.payee_id = i.payee_id and m.type = i.type
      and m.fingerprint = i.fingerprint and m.is_default)
    order by i.payee_id
    on conflict (payee_id, type, fingerprint) do update set is_default = true, is_backup = false, retired_at = null,
      usable_from = ${usableAgain(coolUntil)}`.execute(tx);
  await flagShared(tx, [...changed], now);
}

/** One that comes back from retirement waits like a new one; one that was there has served its time, or goes on serving it. */
export function usableAgain(coolUntil: Date | null) {
  return sql`case when ${coolUntil}::timestamptz is null then null
    when payout_method.retired_at is null then payout_method.usable_from else ${coolUntil}::timestamptz end`;
}

/**
 * The payees whose default method is another one than given. Whoever gives the same payee another method at the same time
 * waits here, so that the statements that follow see its result.
 */
async function lockChanged(
  tx: Db,
  given: readonly { payeeId: bigint; type: string; fingerprint: string }[],
): Promise<Set<bigint>> {
  const input = rowsOf('i', given, {
    payee_id: ['bigint', (row) => row.payeeId],
    type: ['text', (row) => row.type],
    fingerprint: ['text', (row) => row.fingerprint],
  });
  const rows = await all(
    tx,
    sql<{ id: bigint }>`select y.id from payee y join ${input} on i.payee_id = y.id
      where not exists (select 1 from payout_method m where m.payee_id = i.payee_id and m.type = i.type
        and m.fingerprint = i.fingerprint and m.is_default)
      order by y.external_id for no key update of y`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** One payee by public or external id. */
export async function findPayee(db: Db, id: string): Promise<PayeeRow | undefined> {
  return one(
    db,
    sql<PayeeRow>`select ${columns} from ${from} where y.public_id = ${id} or y.external_id = ${id}
      order by (y.public_id = ${id}) desc limit 1`,
  );
}

/** Payees with these external ids. */
export async function payeesByExternalId(db: Db, externalIds: readonly string[]): Promise<PayeeRow[]> {
  return all(
    db,
    sql<PayeeRow>`select ${columns} from ${from}
      join ${rowsOf('i', externalIds, { external_id: ['text', (id) => id] })} on i.external_id = y.external_id`,
  );
}

export interface PayeeFilter {
  /** An id of ours or yours, an e-mail address, or the beginnings of words of a name: of so many namesakes as are looked at. */
  readonly q: string | null;
  readonly status: PayeeRow['status'] | null;
  /** Those whom nothing keeps from being paid, or the others; null: all. */
  readonly canBePaid: boolean | null;
}

/** A page of payees, newest first; `before` is the id the last page ended with. */
export async function listPayees(
  db: Db,
  { q, status, canBePaid }: PayeeFilter,
  size: number,
  before: bigint | null,
  now: Date,
): Promise<Found<PayeeRow>> {
  const place = before === null ? sql`true` : sql`p.id < ${before}`;
  const named = q === null ? sql`true` : sql`p.id = any(array(${payeesNamed(q)}))`;
  // Few are not active: they have an index.
  const few = status === 'blocked' ? sql`p.status <> 'active'` : sql`true`;
  const looked = sql`select p.id, p.status, p.hold_reason, p.hold_until from payee p
    where ${place} and ${named} and ${few} order by p.id desc`;
  const ofStatus = status === null ? sql`true` : sql`y.status = ${status}`;
  const rest =
    canBePaid === null ? ofStatus : sql`${ofStatus} and ${payableNow(now)} = ${canBePaid}::boolean`;
  const isWhole = status !== 'active' && canBePaid === null;
  const rows = await all(
    db,
    sql<PayeeRow>`with hit as materialized (
        select y.id from (${looked} limit ${isWhole ? size + 1 : lookedAtMax}) y where ${rest}
          order by y.id desc limit ${size + 1})
      select ${columns} from hit join payee y on y.id = hit.id
      left join payout_method m on m.payee_id = y.id and m.is_default order by y.id desc`,
  );
  return foundIn(db, rows, size, isWhole ? null : looked);
}

/** Sets the name and address of a payee as given; null erases the address. */
export async function renamePayee(
  tx: Db,
  payeeId: bigint,
  payee: { name: string; email: string | null },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update payee set name = ${payee.name}, email = ${payee.email}, updated_at = ${now} where id = ${payeeId}`,
  );
}

/** Blocks or frees a payee; a blocked payee is not eligible. */
export async function setPayeeStatus(tx: Db, payeeId: bigint, status: string, now: Date): Promise<void> {
  await run(tx, sql`update payee set status = ${status}, updated_at = ${now} where id = ${payeeId}`);
}

import { sql } from 'kysely';
import { accountOf, maskMethod } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import type { GivenMethod } from './payout-methods.ts';
import { sealedText } from './payout-methods.ts';
import { usableAgain } from './payees.ts';
import type { DbVault } from './vault.ts';

/** A payout method that is not retired, its address as people see it. */
export interface MethodRow {
  id: bigint;
  publicId: string;
  type: string;
  kind: string;
  masked: string;
  isDefault: boolean;
  isBackup: boolean;
  /** Null: at once. */
  usableFrom: Date | null;
  frozenAt: Date | null;
  createdAt: Date;
  /** Other payees are paid to the same account; never shown to a payee. */
  shared: boolean;
  /** Its provider says that its account cannot be paid. */
  notReady: boolean;
}

const columns =
  sql.raw(`m.id, m.public_id as "publicId", m.type, m.kind, m.masked, m.is_default as "isDefault",
  m.is_backup as "isBackup", m.usable_from as "usableFrom", m.frozen_at as "frozenAt", m.created_at as "createdAt",
  exists (select 1 from payout_method o where o.fingerprint = m.fingerprint and o.payee_id <> m.payee_id
    and o.retired_at is null) as shared, exists (select 1 from provider_account k
    where k.provider = m.type and k.fingerprint = m.fingerprint and k.state = 'not_ready') as "notReady"`);

/** The methods of a payee: the one in use, the one in reserve, then the newest. */
export async function methodsOf(db: Db, payeeId: bigint, limit: number): Promise<MethodRow[]> {
  return all(
    db,
    sql<MethodRow>`select ${columns} from payout_method m where m.payee_id = ${payeeId} and m.retired_at is null
      order by m.is_default desc, m.is_backup desc, m.id desc limit ${limit}`,
  );
}

/** One method of this payee; another payee's is not there. */
export async function methodOf(db: Db, payeeId: bigint, publicId: string): Promise<MethodRow | undefined> {
  return one(
    db,
    sql<MethodRow>`select ${columns} from payout_method m
      where m.payee_id = ${payeeId} and m.public_id = ${publicId} and m.retired_at is null`,
  );
}

/** The method of this payee that pays to the same account. */
export async function methodTo(
  tx: Db,
  vault: DbVault,
  payeeId: bigint,
  given: GivenMethod,
): Promise<MethodRow | undefined> {
  return one(
    tx,
    sql<MethodRow>`select ${columns} from payout_method m where m.payee_id = ${payeeId} and m.type = ${given.type}
      and m.fingerprint = ${vault.fingerprint(accountOf(given))} and m.retired_at is null`,
  );
}

/** How many methods a payee has that are not retired. */
export async function countMethods(tx: Db, payeeId: bigint): Promise<number> {
  const row = await one(
    tx,
    sql<{
      n: number;
    }>`select count(*)::int as n from payout_method where payee_id = ${payeeId} and retired_at is null`,
  );
  return row?.n ?? 0;
}

/**
 * Writes a method with no part yet, or finds the one to this account, and answers its public id. It is usable from
 * `coolUntil` (null: at once) unless it is the first the payee ever had.
 */
export async function insertMethod(
  tx: Db,
  vault: DbVault,
  method: GivenMethod & { publicId: string; payeeId: bigint },
  { now, coolUntil }: { now: Date; coolUntil: Date | null },
): Promise<string> {
  const { payeeId, publicId } = method;
  const sealed = sealedText(vault, { ...method, methodPublicId: publicId });
  const row = await one(
    tx,
    sql<{
      publicId: string;
    }>`insert into payout_method (public_id, payee_id, type, kind, sealed, masked, fingerprint,
        is_default, created_at, usable_from)
      values (${publicId}, ${payeeId}, ${method.type}, ${method.kind}, decode(${sealed}, 'base64'), ${maskMethod(method)},
        ${vault.fingerprint(accountOf(method))}, false, ${now},
        case when exists (select 1 from payout_method o where o.payee_id = ${payeeId}) then ${coolUntil}::timestamptz end)
      on conflict (payee_id, type, fingerprint) do update set usable_from = ${usableAgain(coolUntil)}, retired_at = null
      returning public_id as "publicId"`,
  );
  if (!row) throw new Error('a method was not written');
  return row.publicId;
}

/**
 * Gives a method its part. As default it takes the place of the present one, which then stands in reserve where nothing
 * else does; as backup it takes the place of the present backup. Two statements, as unique indexes look at each row.
 */
export async function setPart(
  tx: Db,
  payeeId: bigint,
  methodId: bigint,
  part: 'default' | 'backup',
): Promise<void> {
  if (part === 'backup') {
    await run(tx, sql`update payout_method set is_backup = false where payee_id = ${payeeId} and is_backup`);
    await one(tx, sql`update payout_method set is_backup = true where id = ${methodId} returning id`);
    return;
  }
  await run(
    tx,
    sql`update payout_method set is_backup = false where id = ${methodId} and payee_id = ${payeeId}`,
  );
  await run(
    tx,
    sql`update payout_method m set is_default = false, is_backup = m.frozen_at is null and not exists
        (select 1 from payout_method b where b.payee_id = ${payeeId} and b.is_backup)
      where m.payee_id = ${payeeId} and m.is_default and m.id <> ${methodId}`,
  );
  await run(
    tx,
    sql`update payout_method set is_default = true where id = ${methodId} and payee_id = ${payeeId}`,
  );
}

/** Takes a method out of use for good; its row stays, as attempts are pinned to it. */
export async function retire(tx: Db, methodId: bigint, now: Date): Promise<void> {
  await run(
    tx,
    sql`update payout_method set retired_at = ${now}, is_backup = false where id = ${methodId} and not is_default`,
  );
}

/** Freezes a method, or with null frees it. */
export async function freeze(tx: Db, methodId: bigint, at: Date | null): Promise<void> {
  await run(tx, sql`update payout_method set frozen_at = ${at} where id = ${methodId}`);
}

/** Puts a payee on hold, or with null releases them. */
export async function savePayeeHold(
  tx: Db,
  payeeId: bigint,
  hold: { reason: string; until: Date | null } | null,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update payee set hold_reason = ${hold?.reason ?? null}, hold_until = ${hold?.until ?? null},
      held_at = ${hold ? now : null}, updated_at = ${now} where id = ${payeeId}`,
  );
}

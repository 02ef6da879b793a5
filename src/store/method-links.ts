import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one, rowsOf, run } from './db.ts';

/** Keeps links that freeze; tokens as their hashes only. */
export async function insertMethodLinks(
  tx: Db,
  links: readonly { payeeId: bigint; methodId: bigint | null; tokenHash: string; expiresAt: Date }[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into method_link (payee_id, method_id, token_hash, created_at, expires_at)
      select i.payee_id, i.method_id, i.token_hash, ${now}, i.expires_at::timestamptz from ${rowsOf(
        'i',
        links,
        {
          payee_id: ['bigint', (link) => link.payeeId],
          method_id: ['bigint', (link) => link.methodId],
          token_hash: ['text', (link) => link.tokenHash],
          expires_at: ['text', (link) => link.expiresAt.toISOString()],
        },
      )}`,
  );
}

export interface UsedMethodLink {
  payeeId: bigint;
  payeePublicId: string;
  name: string;
  methodId: bigint | null;
  methodPublicId: string | null;
}

/** Uses a link up; of two at once the second finds it used. */
export async function useMethodLink(
  tx: Db,
  tokenHash: string,
  now: Date,
): Promise<UsedMethodLink | undefined> {
  return one(
    tx,
    sql<UsedMethodLink>`with used as (
        update method_link set used_at = ${now}
        where token_hash = ${tokenHash} and used_at is null and expires_at > ${now} returning payee_id, method_id)
      select u.payee_id as "payeeId", y.public_id as "payeePublicId",
        case when y.name = '' then y.external_id else y.name end as name, u.method_id as "methodId",
        m.public_id as "methodPublicId"
      from used u join payee y on y.id = u.payee_id left join payout_method m on m.id = u.method_id`,
  );
}

/**
 * Uses up the links that are still open: those of a payee, or of one method of theirs. Answers how many; whoever has one
 * hears what whoever used it hears.
 */
export async function endMethodLinks(
  tx: Db,
  which: { readonly payeeId: bigint; readonly methodId?: bigint },
  now: Date,
): Promise<number> {
  const methodId = which.methodId ?? null;
  return run(
    tx,
    sql`update method_link set used_at = ${now}
      where payee_id = ${which.payeeId} and (${methodId}::bigint is null or method_id = ${methodId})
        and used_at is null and expires_at > ${now}`,
  );
}

/** Ends every session of a payee and every sign-in link that was not used; answers how many sessions. */
export async function endEverySession(tx: Db, payeeId: bigint, now: Date): Promise<number> {
  await run(
    tx,
    sql`update portal_link set used_at = ${now} where payee_id = ${payeeId} and used_at is null and expires_at > ${now}`,
  );
  return run(
    tx,
    sql`update portal_session set ended_at = ${now} where payee_id = ${payeeId} and ended_at is null`,
  );
}

/** Payouts of a payee that have left or are about to, which a hold stops no more. */
export async function onTheirWay(tx: Db, payeeId: bigint): Promise<number> {
  const row = await one(
    tx,
    sql<{ n: number }>`select count(*)::int as n from payout
      where payee_id = ${payeeId} and state in ('queued', 'sending', 'sent', 'held', 'unclaimed')`,
  );
  return row?.n ?? 0;
}

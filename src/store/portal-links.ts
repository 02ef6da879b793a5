import { sql } from 'kysely';
import type { LinkHand } from '../core/actor.ts';
import type { Language } from '../core/language.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf } from './db.ts';
import { handsOfLink } from './hands.ts';

/** Whom a link or a session belongs to. */
export interface PortalPayee {
  payeeId: bigint;
  payeePublicId: string;
  name: string;
  email: string | null;
}

/** A payee who asked for a link, and the language they chose; null: none. */
export type AskingPayee = PortalPayee & { language: Language | null };

const payee = sql.raw(`y.id as "payeeId", y.public_id as "payeePublicId",
  case when y.name = '' then y.external_id else y.name end as name, y.email`);

/** Requests about one address wait for each other until the transaction ends, so that what they count stays true. */
export async function lockAddress(tx: Db, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('portal ' || lower(${email}::text), 0))`.execute(
    tx,
  );
}

/** How many links were mailed to this address after `since`. */
export async function linksMailed(tx: Db, email: string, since: Date): Promise<number> {
  const row = await one(
    tx,
    sql<{ links: number }>`select count(*)::int as links from portal_link
      where kind = 'mail' and for_email = lower(${email}::text) and created_at > ${since}`,
  );
  return row?.links ?? 0;
}

/** Payees with this address, whatever its capitals; the oldest first. */
export async function payeesByEmail(tx: Db, email: string, limit: number): Promise<AskingPayee[]> {
  return all(
    tx,
    sql<AskingPayee>`select ${payee}, y.language from payee y where lower(y.email) = lower(${email}::text)
      order by y.id limit ${limit}`,
  );
}

export interface NewLink {
  readonly payeeId: bigint;
  readonly kind: 'mail' | 'made';
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** Keeps links, each bound to the address its payee has now. */
export async function insertLinks(tx: Db, links: readonly NewLink[], now: Date): Promise<void> {
  await sql`insert into portal_link (payee_id, kind, token_hash, for_email, created_at, expires_at)
    select y.id, i.kind, i.token_hash, lower(y.email), ${now}, i.expires_at::timestamptz
    from ${rowsOf('i', links, {
      payee_id: ['bigint', (link) => link.payeeId],
      kind: ['text', (link) => link.kind],
      token_hash: ['text', (link) => link.tokenHash],
      expires_at: ['text', (link) => link.expiresAt.toISOString()],
    })} join payee y on y.id = i.payee_id`.execute(tx);
}

export interface UsedLink extends PortalPayee {
  linkId: bigint;
  forEmail: string | null;
  /** Who beside the payee may hold it. */
  through: LinkHand[];
}

/**
 * Uses a link up. Of two at once the second waits for the first on the row, sees it used and gets nothing; so does whoever
 * brings one that is over, or whose payee has another address now.
 */
export async function useLink(tx: Db, tokenHash: string, now: Date): Promise<UsedLink | undefined> {
  return one(
    tx,
    sql<UsedLink>`update portal_link l set used_at = ${now} from payee y
      where l.token_hash = ${tokenHash} and l.used_at is null and l.expires_at > ${now}
        and y.id = l.payee_id and lower(y.email) is not distinct from l.for_email
      returning l.id as "linkId", l.for_email as "forEmail", ${handsOfLink('l.id')}, ${payee}`,
  );
}

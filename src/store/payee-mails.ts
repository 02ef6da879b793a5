import { sql } from 'kysely';
import type { Language } from '../core/language.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** What a mail about a payout needs to know. Amount in minor units. */
export interface MailedPayout {
  payoutId: bigint;
  publicId: string;
  amount: bigint;
  currency: string;
  payeeName: string;
  email: string;
  /** What the payee chose; null: nothing. */
  language: Language | null;
  timezone: string | null;
}

/** Payouts with their payees, of those who have an address of mail. */
export async function mailedPayouts(tx: Db, payoutIds: readonly bigint[]): Promise<MailedPayout[]> {
  return all(
    tx,
    sql<MailedPayout>`select p.id as "payoutId", p.public_id as "publicId", p.amount, p.currency,
        coalesce(nullif(y.name, ''), y.external_id) as "payeeName", y.email, y.language,
        y.timezone
      from payout p join payee y on y.id = p.payee_id
      where p.id = any(${payoutIds as bigint[]}::bigint[]) and y.email is not null order by p.id`,
  );
}

import { sql } from 'kysely';
import type { NewAlert } from '../core/alert-kinds.ts';
import { alertWords } from '../core/alert-words.ts';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';

/**
 * Opens alerts, or counts them again while they are open: `subject` says what one is about, and the same one is opened once.
 * Pairs of kind and subject may repeat in `alerts`. Its English words are kept beside its facts, for logs and older versions.
 */
export async function openAlerts(tx: Db, alerts: readonly NewAlert[], now: Date): Promise<void> {
  const distinct = [...new Map(alerts.map((alert) => [`${alert.kind} ${alert.subject}`, alert])).values()];
  if (distinct.length === 0) return;
  await sql`insert into alert (kind, subject, message, facts, opened_at, last_at)
    select kind, subject, message, facts::jsonb, ${now}, ${now} from ${rowsOf('i', distinct, {
      kind: ['text', (row) => row.kind],
      subject: ['text', (row) => row.subject],
      message: ['text', (row) => alertWords(row.kind, row.facts, 'en')],
      facts: ['text', (row) => JSON.stringify(row.facts)],
    })} order by kind, subject
    on conflict (kind, subject) where closed_at is null
    do update set seen = alert.seen + 1, last_at = excluded.last_at, message = excluded.message,
      facts = excluded.facts`.execute(tx);
}

/** Closes alerts of a kind about a subject: what they told is over. */
export async function closeAlerts(
  tx: Db,
  kinds: readonly string[],
  subject: string,
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update alert set closed_at = ${now} where kind = any(${kinds}::text[]) and subject = ${subject}
      and closed_at is null`,
  );
}

export interface AlertRow {
  id: bigint;
  kind: string;
  subject: string;
  message: string;
  /** What it tells; null of one that is older than its facts. */
  facts: unknown;
  seen: number;
  openedAt: Date;
  lastAt: Date;
}

/** Open alerts, newest first. */
export async function openAlertsList(
  db: Db,
  limit: number,
  before: bigint | null = null,
): Promise<AlertRow[]> {
  return all(
    db,
    sql<AlertRow>`select id, kind, subject, message, facts, seen, opened_at as "openedAt", last_at as "lastAt" from alert
      where closed_at is null and (${before}::bigint is null or id < ${before}) order by id desc limit ${limit}`,
  );
}

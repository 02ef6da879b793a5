import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, run } from './db.ts';
import type { DbVault } from './vault.ts';

export interface NewProviderEvent {
  readonly provider: string;
  readonly eventId: string;
  readonly type: string;
  readonly providerBatchId: string | null;
  readonly providerKey: string | null;
  /** Fingerprint of the payee's account it happened in. */
  readonly account?: string | null;
  /** What it tells that nobody needs to fetch. */
  readonly told?: string | null;
  readonly body: string;
}

/** Stores a verified inbound event once, its body sealed; answers false when it was known. */
export async function storeProviderEvent(
  db: Db,
  vault: DbVault,
  event: NewProviderEvent,
  now: Date,
): Promise<boolean> {
  const sealed = vault.seal(event.body, placeOfEvent(event));
  const written = await run(
    db,
    sql`insert into provider_event (provider, event_id, type, provider_batch_id, provider_key, account, told, sealed, received_at,
        next_try_at)
      values (${event.provider}, ${event.eventId}, ${event.type}, ${event.providerBatchId}, ${event.providerKey},
        ${event.account ?? null}, ${event.told ?? null}, ${sealed}, ${now}, ${now}) on conflict (provider, event_id) do nothing`,
  );
  return written === 1;
}

/** Where the sealed body of an event belongs. */
export function placeOfEvent(event: { provider: string; eventId: string }): string {
  return `provider_event:${event.provider}:${event.eventId}`;
}

export interface OpenEvent {
  id: bigint;
  provider: string;
  providerBatchId: string | null;
  providerKey: string | null;
  account: string | null;
  told: string | null;
  tries: number;
}

/** Locks stored events that were not processed yet: first what was looked at least, so that others' events keep ours from nothing. */
export async function takeEvents(tx: Db, limit: number, now: Date): Promise<OpenEvent[]> {
  return all(
    tx,
    sql<OpenEvent>`select id, provider, provider_batch_id as "providerBatchId", provider_key as "providerKey", account, told,
        tries
      from provider_event where processed_at is null and next_try_at <= ${now} order by tries, id limit ${limit}
      for update skip locked`,
  );
}

/** Written only after the event had its effect, in the same transaction. */
export async function markProcessed(tx: Db, ids: readonly bigint[], now: Date): Promise<void> {
  await run(
    tx,
    sql`update provider_event set processed_at = ${now}, tries = tries + 1
      where id = any(${ids}::bigint[])`,
  );
}

/** The event points at nothing we know yet; look again later. */
export async function postponeEvent(tx: Db, id: bigint, nextTryAt: Date, error: string): Promise<void> {
  await run(
    tx,
    sql`update provider_event set tries = tries + 1, next_try_at = ${nextTryAt}, last_error = ${error}
      where id = ${id}`,
  );
}

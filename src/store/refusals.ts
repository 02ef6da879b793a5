import { sql } from 'kysely';
import type { Db } from './db.ts';
import { run } from './db.ts';

/** Notes of minutes that are over are removed after this time. */
const keptMs = 10 * 60_000;

/**
 * Notes that this caller was refused at this route in this minute; true for the first one to note it, in whatever
 * process. Also false when `perMinuteMax` notes of all callers together stand in this minute.
 */
export async function noteRefusal(
  tx: Db,
  refusal: { caller: string; route: string; minute: Date },
  perMinuteMax: number,
): Promise<boolean> {
  const { caller, route, minute } = refusal;
  const old = new Date(minute.getTime() - keptMs);
  await run(tx, sql`delete from audit_refusal where minute < ${old}`);
  const noted = await run(
    tx,
    sql`insert into audit_refusal (caller, route, minute) select ${caller}, ${route}, ${minute}
      where (select count(*) from audit_refusal where minute = ${minute}) < ${perMinuteMax}
      on conflict do nothing`,
  );
  return noted === 1;
}

import { sql } from 'kysely';
import type { Frequency } from '../core/schedule.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

export interface ScheduleRun {
  dueAt: Date;
  cron: string;
  zone: string;
  frequencies: Frequency[];
  startedAt: Date;
  finishedAt: Date | null;
  /** How far it has come: the last payee and currency that were looked at. */
  afterPayee: bigint;
  afterCurrency: string;
  requested: bigint;
  /** Minor units by currency, as text. */
  totals: Record<string, string>;
  /** Of what was approved, when the run sent it: one for each provider. */
  batchIds: string[];
  /** What of that was refused, and why: one for each provider. */
  notSent: NotSent[];
}

/** Why what is approved was not sent through a provider. Minor units as text. */
export interface NotSent {
  readonly provider: string;
  readonly code: string;
  readonly message: string;
  readonly shortfall: Readonly<Record<string, string>>;
}

const columns = sql.raw(`due_at as "dueAt", cron, zone, frequencies, started_at as "startedAt",
  finished_at as "finishedAt", after_payee as "afterPayee", after_currency as "afterCurrency", requested, totals,
  batch_ids as "batchIds", not_sent as "notSent"`);

/** How far a clock may have been ahead and still count as the same one, set right. */
const aheadMaxMs = 60 * 60_000;

/**
 * The latest due time that is dealt with or being dealt with, and whether a run is unfinished. A clock that is set back by
 * little makes nothing again. What one that was far ahead dealt with keeps nothing before it from being made, and is not made
 * again when its time comes.
 */
export async function newestRun(db: Db, now: Date): Promise<{ dueAt: Date | null; open: boolean }> {
  const row = await one(
    db,
    sql<{ dueAt: Date | null; open: boolean }>`select
        (select due_at from schedule_run where due_at <= ${new Date(now.getTime() + aheadMaxMs)}
          order by due_at desc limit 1) as "dueAt",
        exists (select 1 from schedule_run where finished_at is null) as open`,
  );
  return row ?? { dueAt: null, open: false };
}

/** The last runs that were made, newest first. */
export async function lastRuns(db: Db, limit: number): Promise<ScheduleRun[]> {
  return all(
    db,
    sql<ScheduleRun>`select ${columns} from schedule_run where kind = 'run' order by due_at desc limit ${limit}`,
  );
}

/** Writes down that a due time is dealt with; `start` counts from here without doing anything. False: it is known. */
export async function insertRun(
  tx: Db,
  kind: 'start' | 'run',
  input: Pick<ScheduleRun, 'dueAt' | 'cron' | 'zone' | 'frequencies'>,
  now: Date,
): Promise<boolean> {
  const { dueAt, cron, zone, frequencies } = input;
  const finished = kind === 'start' ? now : null;
  const written = await run(
    tx,
    sql`insert into schedule_run (due_at, kind, cron, zone, frequencies, started_at, finished_at)
      values (${dueAt}, ${kind}, ${cron}, ${zone}, ${frequencies}::text[], ${now}, ${finished}) on conflict do nothing`,
  );
  return written === 1;
}

/** The unfinished run, locked until the end of the transaction; one that another process works on is skipped. */
export async function lockOpenRun(tx: Db): Promise<ScheduleRun | undefined> {
  return one(
    tx,
    sql<ScheduleRun>`select ${columns} from schedule_run where finished_at is null for update skip locked`,
  );
}

/** Keeps how far a locked run has come. */
export async function saveProgress(
  tx: Db,
  { dueAt }: ScheduleRun,
  progress: Pick<
    ScheduleRun,
    'afterPayee' | 'afterCurrency' | 'requested' | 'totals' | 'finishedAt' | 'batchIds' | 'notSent'
  >,
): Promise<void> {
  const { afterPayee, afterCurrency, requested, totals, finishedAt, batchIds, notSent } = progress;
  const saved = await run(
    tx,
    sql`update schedule_run set after_payee = ${afterPayee}, after_currency = ${afterCurrency}, requested = ${requested},
        totals = ${JSON.stringify(totals)}::jsonb, finished_at = ${finishedAt}, batch_ids = ${batchIds}::text[],
        not_sent = ${JSON.stringify(notSent)}::jsonb
      where due_at = ${dueAt} and finished_at is null`,
  );
  if (saved !== 1) throw new Error('an unfinished run was not there any more');
}

import { sql } from 'kysely';
import type { Frequency } from '../core/schedule.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** Minor units of one currency; null: nothing of one's own. */
export interface ScheduleAmount {
  readonly currency: string;
  /** Least amount of a scheduled payout. */
  readonly minimum: bigint | null;
  /** A payout is asked for as soon as this much is available. */
  readonly requestAt: bigint | null;
}

/** What is set for one payee; `frequency` null: as the platform has it. */
export interface OwnSchedule {
  readonly frequency: Frequency | null;
  readonly amounts: readonly ScheduleAmount[];
}

/** Who chose the frequency: the payee, or somebody of the platform. */
export interface ChosenBy {
  readonly kind: 'payee' | 'platform';
  readonly name: string;
}

interface PayeeSchedule extends OwnSchedule {
  readonly payeePublicId: string;
  /** Null: nobody did, or it is not known any more. */
  readonly chosenBy: ChosenBy | null;
  readonly status: 'active' | 'blocked';
}

/** The schedule of a payee; in a transaction the payee is theirs until its end. */
export async function scheduleOf(db: Db, payeeId: bigint): Promise<PayeeSchedule | undefined> {
  const lock = db.isTransaction ? sql`for no key update of y` : sql``;
  const row = await one(
    db,
    sql<Omit<PayeeSchedule, 'amounts'>>`select y.public_id as "payeePublicId", y.status, s.frequency,
        case when s.frequency is not null and s.chosen_by_kind is not null
          then jsonb_build_object('kind', s.chosen_by_kind, 'name', s.chosen_by_name) end as "chosenBy"
      from payee y left join payee_schedule s on s.payee_id = y.id where y.id = ${payeeId} ${lock}`,
  );
  if (!row) return undefined;
  const amounts = await all(
    db,
    sql<ScheduleAmount>`select currency, minimum, request_at as "requestAt" from payee_schedule_amount
      where payee_id = ${payeeId} order by currency`,
  );
  return { ...row, amounts };
}

/** True when anybody set an amount to be asked for by itself; one look into a small index, as it is asked often. */
export async function hasThresholds(db: Db): Promise<boolean> {
  const row = await one(
    db,
    sql<{ set: boolean }>`select exists (
      select 1 from payee_schedule_amount where request_at is not null) as set`,
  );
  return row?.set === true;
}

/** Keeps a schedule as it is given, instead of what was set before; the payee is locked. `by` chose it if the frequency is another. */
export async function saveSchedule(
  tx: Db,
  payeeId: bigint,
  own: OwnSchedule,
  by: ChosenBy,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into payee_schedule as s (payee_id, frequency, chosen_by_kind, chosen_by_name, updated_at)
      select ${payeeId}, i.frequency, case when i.frequency is not null then ${by.kind}::text end,
        case when i.frequency is not null then ${by.name}::text end, ${now}
      from (select ${own.frequency}::text as frequency) i
      on conflict (payee_id) do update set frequency = excluded.frequency, updated_at = excluded.updated_at,
        chosen_by_kind = case when s.frequency is not distinct from excluded.frequency then s.chosen_by_kind
          else excluded.chosen_by_kind end,
        chosen_by_name = case when s.frequency is not distinct from excluded.frequency then s.chosen_by_name
          else excluded.chosen_by_name end`,
  );
  await run(tx, sql`delete from payee_schedule_amount where payee_id = ${payeeId}`);
  const set = own.amounts.filter(({ minimum, requestAt }) => minimum !== null || requestAt !== null);
  await run(
    tx,
    sql`insert into payee_schedule_amount (payee_id, currency, minimum, request_at)
      select ${payeeId}, i.currency, i.minimum, i.request_at from ${rowsOf('i', set, {
        currency: ['text', (row) => row.currency],
        minimum: ['bigint', (row) => row.minimum],
        request_at: ['bigint', (row) => row.requestAt],
      })}`,
  );
}

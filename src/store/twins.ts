import { sql } from 'kysely';
import { payoutStates } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { Scope } from './eligibility.ts';
import { candidates, owing } from './eligibility.ts';
import { payable } from './payable.ts';

/** How long ago a payment of the same amount to the same payee may be to look like the same payment. */
export const twinsWithinMs = 30 * 24 * 60 * 60_000;
/** Newest payments of a payee that are looked through for one. */
export const twinsLookedAt = 50;
/** Of a run, at most so many payments are compared. */
const twinsComparedMax = 10_000;

/** Money that is with the payee, or on its way there. */
const goneOrGoing = payoutStates.filter((state) =>
  ['queued', 'sending', 'sent', 'held', 'unclaimed', 'completed'].includes(state),
);

/** A payment of a run that looks like one that was made elsewhere. Amounts in minor units. */
interface Twin {
  payeeId: string;
  payeeName: string;
  amount: bigint;
  currency: string;
  payoutId: string;
  status: (typeof payoutStates)[number];
  /** The cycle it was paid in; null: it was asked for. */
  cycleId: string | null;
  paidAt: Date;
  /** All of this currency that look so. */
  count: bigint;
  total: bigint;
}

export interface Twins {
  /** The largest of each currency. */
  readonly examples: readonly Twin[];
  /** There are more payments than were compared. */
  readonly capped: boolean;
}

/**
 * Payments that a run would make, and that look as if they had been made in another cycle: the same payee, amount and currency,
 * paid or on the way within the last while. A payee's newest payouts are read by their index.
 */
export async function twinsOf(
  db: Db,
  scope: Scope,
  method: string,
  now: Date,
  examplesMax: number,
): Promise<Twins> {
  const since = new Date(now.getTime() - twinsWithinMs);
  const rows = await all(
    db,
    sql<Twin & { capped: boolean }>`with looked as materialized (
        select x.earning_id, x.payee_id, y.external_id, y.name, x.amount, x.currency, x.cycle_id
        from (${candidates(scope, now)}) x join payee y on y.id = x.payee_id
        join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
        where ${payable(now)} and not ${owing} limit ${twinsComparedMax + 1}),
      twins as (select l.earning_id, l.external_id as "payeeId", l.name as "payeeName", l.amount, l.currency, o.*,
          count(*) over (partition by l.currency) as count, (sum(l.amount) over (partition by l.currency))::bigint as total,
          row_number() over (partition by l.currency order by l.amount desc, l.earning_id) as rank
        from (select * from looked limit ${twinsComparedMax}) l cross join lateral (
          select p.public_id as "payoutId", p.state as status, c.public_id as "cycleId",
            coalesce(p.completed_at, p.created_at) as "paidAt"
          from (select * from payout p where p.payee_id = l.payee_id order by p.id desc limit ${twinsLookedAt}) p
          left join cycle c on c.id = p.cycle_id
          where p.currency = l.currency and p.amount = l.amount and p.cycle_id is distinct from l.cycle_id
            and p.state::text = any(${goneOrGoing}::text[]) and coalesce(p.completed_at, p.created_at) > ${since}
          order by p.id desc limit 1) o)
      select "payeeId", "payeeName", amount, currency, "payoutId", status, "cycleId", "paidAt", count, total,
        (select count(*) from looked) > ${twinsComparedMax} as capped
      from twins where rank <= ${examplesMax} order by currency, rank`,
  );
  return { examples: rows, capped: rows[0]?.capped ?? false };
}

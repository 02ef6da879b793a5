import { sql } from 'kysely';
import type { FeesLately } from '../core/float-fees.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** Newest accepted calls that are looked at, of all accounts together, */
const callsMax = 1000;
/** and of each account. */
const callsPerAccountMax = 50;

type FeesRow = FeesLately & { readonly provider: string; readonly currency: string };

/** What the newest calls of each account cost by the books. A call that no fee is booked for tells nothing. */
export async function feesLately(db: Db, providers: readonly string[]): Promise<FeesRow[]> {
  return all(
    db,
    sql<FeesRow>`select f.provider, f.currency, sum(f.total)::bigint as sent, sum(f.fees)::bigint as charged
      from (select s.provider, s.currency, s.total,
          (select -sum(e.amount) from journal j join entry e on e.journal_id = j.id and e.account = 'platform_costs'
            where j.source_type = 'submission' and j.source_id = s.id) as fees
        from (select id, provider, currency, total,
            row_number() over (partition by provider, currency order by accepted_at desc, id desc) as nth
          from (select id, provider, currency, total, accepted_at from submission
            where accepted_at is not null order by accepted_at desc limit ${callsMax}) n) s
        where s.nth <= ${callsPerAccountMax} and s.provider = any(${providers as string[]}::text[])) f
      where f.fees is not null group by 1, 2 order by 1, 2`,
  );
}

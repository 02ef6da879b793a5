import { sql } from 'kysely';
import { recordItems } from '../../src/actions/outcomes.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import { one } from '../../src/store/db.ts';
import { takeLease } from '../../src/store/submissions.ts';
import type { House } from './support.ts';

/** What the provider says of one attempt of a payout, as the poll of its submission hands it on. */
export async function providerSays(
  { db, deps }: House,
  payoutId: string,
  status: ItemStatus,
  fee: bigint | null = null,
  partlyReturned: bigint | null = null,
): Promise<void> {
  const row = await one(
    db,
    sql<{ id: bigint; itemReference: string; amount: bigint; currency: string }>`select s.id,
        a.item_reference as "itemReference", a.amount, a.currency
      from payout_attempt a join submission s on s.id = a.submission_id join payout p on p.id = a.payout_id
      where p.public_id = ${payoutId} and a.ordinal = 1`,
  );
  if (!row) throw new Error('there is no such attempt');
  const { id, ...item } = row;
  const claim = { owner: 'test', leaseMs: 1000, limit: 1, batchId: null };
  const leased = await takeLease(db, id, claim, deps.now());
  if (!leased) throw new Error('somebody has the lease');
  const part = partlyReturned === null ? {} : { partlyReturned };
  const said = { status, raw: status.toUpperCase(), fee, transactionId: null, reason: null, ...part };
  await recordItems(
    deps,
    leased,
    [{ ...item, ...said, providerItemId: `I-${item.itemReference}` }],
    'paypal',
  );
}

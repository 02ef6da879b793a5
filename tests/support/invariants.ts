import { sql } from 'kysely';
import type { AttemptState } from '../../src/core/attempt.ts';
import type { PayoutState } from '../../src/core/payout.ts';
import type { SubmissionState } from '../../src/core/submission.ts';
import { batchSummary } from '../../src/store/batches.ts';
import type { Db } from '../../src/store/db.ts';
import { all } from '../../src/store/db.ts';
import { rebuild } from '../../src/store/rebuild.ts';
import { verify } from '../../src/store/verify.ts';
import type { ModelProvider } from './model-provider.ts';
import { testVault } from './vault.ts';

/** What must hold between any two steps: nobody is paid twice. */
export function overpaid(model: ModelProvider): string[] {
  return model.overpaid().map((intention) => `${intention} has more than one effect at the provider`);
}

/** What must hold whenever no transaction is open: the books and the tables agree. */
export async function brokenBooks(db: Db): Promise<string[]> {
  const { differences } = await verify(db, await testVault(db));
  return differences.map((found) => `${found.rule}: ${found.subject}: ${found.detail}`);
}

interface Row {
  batchId: bigint;
  reference: string;
  payoutState: PayoutState;
  state: AttemptState;
  last: boolean;
  amount: bigint;
  currency: string;
  submissionState: SubmissionState | null;
  /** The provider has forgotten the key of an unanswered submission: only a person may decide. */
  givenUp: boolean;
}

/** What must hold at rest: every payout is where the provider's truth says, and nothing is lost in either direction. */
export async function brokenAtRest(db: Db, model: ModelProvider, now: Date): Promise<string[]> {
  const rows = await attempts(db, now);
  const items = model.batches.flatMap((batch) => batch.items);
  const byReference = new Map(items.map((item) => [item.itemReference, item]));
  const ours = new Set(rows.map((row) => row.reference));
  const found = [...overpaid(model), ...(await brokenBooks(db)), ...(await brokenSummaries(db, model, rows))];
  const twice = items.length - byReference.size;
  if (twice > 0) found.push(`${twice} item references arrived more than once`);
  for (const item of items) {
    if (!ours.has(item.itemReference)) found.push(`${item.itemReference} is at the provider and not ours`);
  }
  for (const row of rows) found.push(...differs(row, byReference.get(row.reference)));
  found.push(...(await lostEarnings(db)));
  const wrong = await db.transaction().execute((tx) => rebuild(tx, false));
  found.push(...wrong.map((difference) => `rebuild: ${difference.subject} ${difference.detail}`));
  return found;
}

async function attempts(db: Db, now: Date): Promise<Row[]> {
  return all(
    db,
    sql<Row>`select a.batch_id as "batchId", a.item_reference as reference, p.state as "payoutState", a.state, a.ordinal = p.attempt_count as last,
        a.amount, a.currency, s.state as "submissionState", coalesce(s.state in ('sending', 'unknown')
          and s.key_valid_until - interval '1 hour' <= ${now}, false) as "givenUp"
      from payout_attempt a join payout p on p.id = a.payout_id left join submission s on s.id = a.submission_id`,
  );
}

function differs(row: Row, item: { status: string; amount: bigint; currency: string } | undefined): string[] {
  const say = (what: string) => [`${row.reference} (${row.state}, payout ${row.payoutState}): ${what}`];
  if (row.givenUp)
    return row.payoutState === 'sending' ? [] : say('outcome unknown for good, but not sending');
  if (!item) {
    return ['failed', 'cancelled'].includes(row.state) ? [] : say('the provider knows nothing of it');
  }
  if (item.amount !== row.amount || item.currency !== row.currency) return say('the amounts differ');
  // A review of what was claimed late is not told apart from waiting for the payee.
  if (item.status === 'held' && row.state === 'unclaimed') return [];
  if (item.status !== row.state) return say(`the provider says ${item.status}`);
  if (row.last && row.payoutState !== row.state && row.payoutState !== 'cancelled')
    return say('they disagree');
  return [];
}

/** A batch counts each of its items once, and says paid what the provider paid (where that can be known). */
async function brokenSummaries(db: Db, model: ModelProvider, rows: readonly Row[]): Promise<string[]> {
  const batches = await all(
    db,
    sql<{ id: bigint; items: number }>`select id, total_items as items from payout_batch order by id`,
  );
  const paid = model.batches.flatMap((held) => held.items).filter((item) => item.status === 'completed');
  const found: string[] = [];
  for (const batch of batches) {
    const mine = rows.filter((row) => row.batchId === batch.id && !row.givenUp);
    const references = new Set(mine.map((row) => row.reference));
    const truth = sumOf(paid.filter((item) => references.has(item.itemReference)));
    const summary = await batchSummary(db, batch.id);
    const counted = summary.reduce((sum, row) => sum + Number(row.count), 0);
    const said = sumOf(summary.filter((row) => row.bucket === 'success'));
    if (counted !== batch.items) found.push(`batch ${batch.id} counts ${counted} of ${batch.items}`);
    if (said !== truth) found.push(`batch ${batch.id} says ${said} was paid, the provider says ${truth}`);
  }
  return found;
}

function sumOf(rows: readonly { amount: bigint }[]): bigint {
  return rows.reduce((sum, row) => sum + row.amount, 0n);
}

/** An earning has a live payout or is free to be taken; it can also not be in two. */
async function lostEarnings(db: Db): Promise<string[]> {
  const rows = await all(
    db,
    sql<{ id: string; payouts: bigint; stuck: bigint }>`select e.external_id as id,
        count(p.id) filter (where l.released_at is null) as payouts,
        count(p.id) filter (where l.released_at is null and p.state = 'cancelled') as stuck
      from earning e left join payout_earning l on l.earning_id = e.id left join payout p on p.id = l.payout_id
      group by e.id having count(p.id) filter (where l.released_at is null) > 1
        or count(p.id) filter (where l.released_at is null and p.state = 'cancelled') > 0`,
  );
  return rows.map(
    (row) => `earning ${row.id} is in ${row.payouts} live payouts, ${row.stuck} of them cancelled`,
  );
}

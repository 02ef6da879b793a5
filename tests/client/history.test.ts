import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createClient } from '../../web/client/client.ts';
import { historyPage } from '../../web/console/cycles/history-page.ts';
import { openHouse } from '../api/support.ts';

/** More than three pages. */
const batches = 33;

it('reads the whole history of a cycle, the newest first, however many batches it has', async () => {
  const house = await openHouse();
  for (const id of ['busy', 'other']) await house.ask('POST', '/api/admin/cycles', { id });
  await sql`insert into payout_batch (public_id, cycle_id, provider, state, started_by, checksum, total_items, created_at,
      completed_at)
    select 'pb_' || g || c.public_id, c.id, 'paypal', 'completed', 'shop', '', 1, now(), now()
    from generate_series(1, ${batches}::int) g, cycle c order by g, c.id`.execute(house.db);
  const client = createClient(house.url, house.keys.viewer);
  const read: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await historyPage(client, 'busy', cursor);
    read.push(...page.batches.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  expect(read).toEqual(Array.from({ length: batches }, (_, at) => `pb_${batches - at}busy`));
  await house.close();
});

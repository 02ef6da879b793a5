import { Readable } from 'node:stream';
import type { AttemptState, Bucket } from '../core/attempt.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { Db } from '../store/db.ts';
import type { BatchItemRow } from '../store/batch-items.ts';
import { batchItems } from '../store/batch-items.ts';
import type { Found } from '../store/windows.ts';
import { itemCsvLine, itemsCsvHeader } from '../wire/batch-items.ts';
import { statesOf } from '../wire/batches.ts';
import type { ApiDeps } from './deps.ts';
import type { Answer } from './route.ts';
import { ok } from './route.ts';

/** Items read at once: a slow reader holds one page in memory and no connection. */
const itemsPerReadMax = 1000;

/** The items of a batch as CSV, streamed. Of a completed batch its lines are exactly those the summary counts. */
export function exportBatch(
  deps: ApiDeps,
  batch: { id: bigint; publicId: string },
  bucket: Bucket | 'all',
  language: TeamLanguage,
): Answer {
  return ok(Readable.from(lines(deps.db, batch.id, statesOf(bucket), language)), {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${batch.publicId}-${bucket}.csv"`,
  });
}

async function* lines(
  db: Db,
  batchId: bigint,
  states: readonly AttemptState[],
  language: TeamLanguage,
): AsyncGenerator<string> {
  yield itemsCsvHeader();
  let after: bigint | null = 0n;
  while (after !== null) {
    const { rows, next }: Found<BatchItemRow> = await batchItems(db, batchId, states, itemsPerReadMax, after);
    yield rows.map((item) => itemCsvLine(item, language)).join('');
    after = next;
  }
}

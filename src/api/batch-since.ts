import { z } from 'zod';
import { refuse } from '../core/refusal.ts';
import { batchSince } from '../store/batch-since.ts';
import { findBatch } from '../store/batches.ts';
import { lookedAtMax } from '../store/windows.ts';
import { batchSinceView } from '../wire/batch-since.ts';
import { anyId } from '../wire/text.ts';
import { ok, route } from './route.ts';

export const batchSinceRoutes = [
  route({
    method: 'GET',
    path: '/payout-batches/:batchId/since',
    right: 'read',
    summary: 'What became since of the items of a batch that failed or came back; the batch never changes',
    answer: batchSinceView,
    refuses: ['batch_not_found'],
    params: z.object({ batchId: anyId }),
    async handle(deps, { params: { batchId } }) {
      const batch = await findBatch(deps.db, batchId);
      if (!batch) return refuse('batch_not_found', { batchId });
      const { looked, retrying, ...found } = await batchSince(deps.db, batch.id);
      return ok({
        batchId: batch.publicId,
        paid: found.paid,
        underWay: found.underWay,
        retriedByThemselves: retrying,
        nextRetryAt: found.nextRetryAt,
        capped: looked > lookedAtMax,
      });
    },
  }),
];

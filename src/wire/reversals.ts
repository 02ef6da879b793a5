import { z } from 'zod';
import { count } from './shapes.ts';
import { reference, sourceType, written } from './text.ts';

/** Earnings one call may take back. */
const reversalsPerCallMax = 5000;
const reasonCharsMax = 500;

const reversal = z.strictObject({ sourceType, externalId: reference, reason: written(reasonCharsMax) }).meta({
  examples: [{ sourceType: 'ticket', externalId: 'T-1001', reason: 'refunded to the buyer' }],
});

export const reversalsBody = z.union([
  reversal,
  z.strictObject({ earnings: z.array(reversal).min(1).max(reversalsPerCallMax) }),
]);

export const reversedView = z
  .strictObject({
    counts: z.strictObject({ reversed: count, owed: count, unchanged: count, not_found: count }),
    results: z.array(
      z
        .strictObject({
          index: count,
          sourceType: z.string(),
          externalId: z.string(),
          status: z.enum(['reversed', 'owed', 'unchanged', 'not_found']),
          payoutId: z
            .string()
            .nullable()
            .meta({ description: 'The payout that was cancelled with it, or that paid it' }),
        })
        .meta({ id: 'ReversalResult' }),
    ),
  })
  .meta({ id: 'EarningsReversed' });

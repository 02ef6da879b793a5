import { z } from 'zod';
import { payoutStates } from '../core/payout.ts';
import type { PayoutState } from '../core/payout.ts';
import { count, moment } from './shapes.ts';

export const paidSinceView = z
  .strictObject({
    batchId: z.string().nullable().meta({ description: 'The batch of its last attempt; null: no later one' }),
    payoutStatus: z.enum(payoutStates),
  })
  .nullable()
  .meta({
    description:
      'Where its payout is now, when it went on after this attempt (another attempt, by hand, called off); else null',
  });

export const batchSinceView = z
  .strictObject({
    batchId: z.string(),
    paid: count.meta({ description: 'Of those that failed or came back here: paid since' }),
    underWay: count,
    retriedByThemselves: count.meta({ description: 'Tried again by themselves, without a person' }),
    nextRetryAt: moment.nullable(),
    capped: z.boolean().meta({ description: 'There are more than were looked at: 10,000' }),
  })
  .meta({ id: 'BatchSince' });

export interface SinceFacts {
  readonly laterBatchId: string | null;
  readonly payoutState: PayoutState;
  readonly wentOn: boolean;
}

/** What the payout of an item came to after this attempt of it. */
export function presentSince({
  laterBatchId,
  payoutState,
  wentOn,
}: SinceFacts): z.output<typeof paidSinceView> {
  return wentOn ? { batchId: laterBatchId, payoutStatus: payoutState } : null;
}

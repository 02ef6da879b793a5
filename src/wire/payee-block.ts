import { z } from 'zod';
import { blockKinds } from '../core/payee-outlook.ts';
import { moment } from './shapes.ts';

/** One thing that keeps a payee from being paid. */
const payeeBlockView = z
  .strictObject({
    kind: z.enum(blockKinds),
    words: z.string(),
    until: moment.nullable().meta({ description: 'When the clock ends it; null: somebody must' }),
    waitingOn: z.enum(['you', 'payee', 'clock']),
  })
  .meta({ id: 'PayeeBlock' });

/** Whether a payee can be paid, and what is in the way: the same wherever a payee is shown. */
export const canBePaidFields = {
  canBePaid: z.boolean().meta({ description: 'Nothing blocks them; there may still be nothing to pay' }),
  blocks: z.array(payeeBlockView),
};
